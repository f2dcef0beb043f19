/* The one place where stb's headers become code; built without our warnings. */
#include <stdlib.h>
#include <zlib.h>

/* zlib packs a picture tighter than stb's own code does and in a fraction of the time. */
static unsigned char* compress_with_zlib(unsigned char* data, int length, int* packed_length,
                                         int level) {
  uLongf bound = compressBound((uLong)length);
  unsigned char* packed = malloc(bound);
  if (packed == NULL || compress2(packed, &bound, data, (uLong)length, level) != Z_OK) {
    free(packed);
    return NULL;
  }
  *packed_length = (int)bound;
  return packed;
}

#define STB_IMAGE_IMPLEMENTATION
#define STBI_ONLY_PNG
#include <stb_image.h>
#define STBIW_ZLIB_COMPRESS compress_with_zlib
#define STB_IMAGE_WRITE_IMPLEMENTATION
#include <stb_image_write.h>
