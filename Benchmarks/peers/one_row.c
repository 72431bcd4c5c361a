/* Times a forest compiled by tl2cgen on one row at a time.
 *
 * usage: one_row LIBRARY ROWS COLUMNS SECONDS
 * ROWS is float64, row after row; prints the median in microseconds over the rows in turn.
 */
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

/* tl2cgen's own type: the header it writes beside a model has it. */
union Entry {
  int missing;
  double fvalue;
  int qvalue;
};
typedef void (*Predict)(union Entry *row, int margin, double *result);

enum { MAX_OUTPUTS = 1024, MAX_TIMES = 10 * 1000 * 1000 };

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec * 1e6 + time.tv_nsec * 1e-3;
}

static int ascending(const void *left, const void *right) {
  double difference = *(const double *)left - *(const double *)right;
  return (difference > 0) - (difference < 0);
}

static union Entry *read_entries(const char *path, size_t *count) {
  FILE *file = fopen(path, "rb");
  if (!file) return NULL;
  fseek(file, 0, SEEK_END);
  *count = (size_t)ftell(file) / sizeof(double);
  rewind(file);
  union Entry *entries = malloc(*count * sizeof *entries);
  for (size_t i = 0; entries && i < *count; i++)
    if (fread(&entries[i].fvalue, sizeof(double), 1, file) != 1) return NULL;
  fclose(file);
  return entries;
}

int main(int count, char **arguments) {
  if (count != 5) return 64;
  void *library = dlopen(arguments[1], RTLD_NOW);
  Predict predict = library ? (Predict)dlsym(library, "predict") : NULL;
  size_t values;
  union Entry *entries = read_entries(arguments[2], &values);
  double *times = malloc(MAX_TIMES * sizeof *times);
  if (!predict || !entries || !times) return 1;

  size_t columns = strtoul(arguments[3], NULL, 10), rows = values / columns, taken = 0;
  double end = now() + strtod(arguments[4], NULL) * 1e6;
  while (taken < MAX_TIMES && now() < end) {
    double result[MAX_OUTPUTS] = {0};
    double start = now();
    predict(entries + taken % rows * columns, 0, result);
    times[taken++] = now() - start;
  }
  qsort(times, taken, sizeof *times, ascending);
  printf("%f\n", times[taken / 2]);
  return 0;
}
