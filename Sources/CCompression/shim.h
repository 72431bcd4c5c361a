#include <bzlib.h>
#include <lz4frame.h>
#include <lzma.h>
#include <zlib.h>
