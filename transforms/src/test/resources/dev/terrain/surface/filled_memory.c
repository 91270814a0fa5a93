/*
 * Aligned memory, which is what the engine's tensors and its kernels' scratch pads are made of, comes
 * filled with ones in every bit: NaN in single, double and bfloat16 precision.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stddef.h>
#include <string.h>

typedef int (*memalign_function)(void **, size_t, size_t);
typedef void *(*alloc_function)(size_t, size_t);

int posix_memalign(void **block, size_t alignment, size_t bytes) {
  static memalign_function next;
  if (next == NULL) {
    next = (memalign_function) dlsym(RTLD_NEXT, "posix_memalign");
  }
  int failure = next(block, alignment, bytes);
  if (failure == 0 && *block != NULL) {
    memset(*block, 0xff, bytes);
  }
  return failure;
}

static void *filled(alloc_function next, size_t alignment, size_t bytes) {
  void *block = next(alignment, bytes);
  if (block != NULL) {
    memset(block, 0xff, bytes);
  }
  return block;
}

void *aligned_alloc(size_t alignment, size_t bytes) {
  static alloc_function next;
  if (next == NULL) {
    next = (alloc_function) dlsym(RTLD_NEXT, "aligned_alloc");
  }
  return filled(next, alignment, bytes);
}

void *memalign(size_t alignment, size_t bytes) {
  static alloc_function next;
  if (next == NULL) {
    next = (alloc_function) dlsym(RTLD_NEXT, "memalign");
  }
  return filled(next, alignment, bytes);
}
