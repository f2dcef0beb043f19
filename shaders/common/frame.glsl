// std140, mirrored by src/render/frame_block.h
layout(std140) uniform Frame {
  mat4 u_view_projection;
  vec4 u_eye;
  vec4 u_key;
  vec4 u_fill;
  vec4 u_rim;
  vec4 u_counts;     // x: dents
  vec4 u_cut;        // unit normal and offset: what is above 0 is cut away
  vec4 u_cut_at;     // what the cut is about
  vec4 u_dents[64];  // per dent: point, depth | normal, contact radius | ball centre, radius | reach, share
};
