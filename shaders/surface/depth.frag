#ifdef CUT
in float v_cut;

void main() {
  if (v_cut > 0.0) discard;
}
#else
void main() {}
#endif
