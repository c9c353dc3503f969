/*
 * The hand-written C that MdpBenchmark is compared with: the generators' instances (garnet, ring, denseRandom), a
 * plain sweep over all rows, value iteration and modified policy iteration with MacQueen-Porteus bounds, OpenMP.
 *
 *   gcc -O3 -march=native -fopenmp mdp_sweep.c -o mdp_sweep -lm
 *   OMP_NUM_THREADS=2 ./mdp_sweep g1e5        # or g1e6, ring1e5, dense2000; then "sweep" for that alone
 *
 * Prints the median of the sweeps and of whole solves at a guaranteed error of 1e-6, discount 0.99.
 */
#include <math.h>
#include <omp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define GOLDEN 0x9E3779B97F4A7C15ull

static uint64_t mix(uint64_t z) {
  z ^= z >> 30;
  z *= 0xBF58476D1CE4E5B9ull;
  z ^= z >> 27;
  z *= 0x94D049BB133111EBull;
  return z ^ (z >> 31);
}

static long S, A, B;
static int is_dense, half_width;
static int *column;
static double *probability, *reward;
static const double discount = 0.99, tolerance = 1e-6;

static double uniform(uint64_t *x) {
  *x += GOLDEN;
  return (double)(mix(*x) >> 11) * 0x1p-53;
}

static void fill_row(long row) {
  uint64_t x = mix(20240607ull + (uint64_t)(row + 1) * GOLDEN);
  int *c = is_dense ? NULL : column + row * B;
  if (!is_dense) {
    long s = row / A;
    for (int j = 0; j < B; j++) {
      for (int fresh = 0; !fresh;) {
        c[j] = half_width ? (int)((s + (int)(uniform(&x) * (2 * half_width + 1)) - half_width + S) % S)
                          : (int)(uniform(&x) * (double)S);
        fresh = 1;
        for (int i = 0; i < j; i++) fresh &= c[i] != c[j];
      }
    }
    for (int i = 1; i < B; i++)
      for (int j = i; j > 0 && c[j - 1] > c[j]; j--) {
        int t = c[j];
        c[j] = c[j - 1];
        c[j - 1] = t;
      }
  }
  double *p = probability + row * B, sum = 0;
  for (long j = 0; j < B; j++) {
    x += GOLDEN;
    p[j] = (double)((mix(x) >> 11) + 1) * 0x1p-53;
    sum += p[j];
  }
  for (long j = 0; j < B; j++) p[j] /= sum;
  reward[row] = uniform(&x);
}

static inline double backup(long row, const double *restrict v) {
  const double *restrict p = probability + row * B;
  double sum = 0;
  if (is_dense) {
#pragma omp simd reduction(+ : sum)
    for (long j = 0; j < B; j++) sum += p[j] * v[j];
  } else {
    const int *restrict c = column + row * B;
    double a = 0, b = 0, e = 0, f = 0;
    for (int j = 0; j < 8; j += 4) {
      a += p[j] * v[c[j]];
      b += p[j + 1] * v[c[j + 1]];
      e += p[j + 2] * v[c[j + 2]];
      f += p[j + 3] * v[c[j + 3]];
    }
    sum = (a + b) + (e + f);
  }
  return reward[row] + discount * sum;
}

/* out = T v; the policy's rows where it is wanted; least and largest change. */
static void sweep(const double *restrict v, double *restrict out, int *restrict policy, double *low, double *high) {
  double least = INFINITY, most = -INFINITY;
#pragma omp parallel for schedule(static) reduction(min : least) reduction(max : most)
  for (long s = 0; s < S; s++) {
    double best = backup(s * A, v);
    int action = 0;
    for (int a = 1; a < A; a++) {
      double q = backup(s * A + a, v);
      if (q > best) {
        best = q;
        action = a;
      }
    }
    out[s] = best;
    if (policy) policy[s] = action;
    double change = best - v[s];
    least = change < least ? change : least;
    most = change > most ? change : most;
  }
  *low = least;
  *high = most;
}

static void evaluate(const double *restrict v, double *restrict out, const int *restrict policy) {
#pragma omp parallel for schedule(static)
  for (long s = 0; s < S; s++) out[s] = backup(s * A + policy[s], v);
}

/* Returns the sweeps; inner policy sweeps between two of them make it modified policy iteration. */
static int solve(double *v, double *out, int *policy, int inner, double *first, double *total) {
  memset(v, 0, (size_t)S * sizeof *v);
  for (int k = 1;; k++) {
    double low, high;
    sweep(v, out, inner ? policy : NULL, &low, &high);
    double *t = v;
    v = out;
    out = t;
    double factor = discount / (1 - discount);
    if (factor * (high - low) / 2 <= tolerance) {
      double middle = factor * (high + low) / 2, sum = 0;
      for (long s = 0; s < S; s++) sum += v[s] + middle;
      *first = v[0] + middle;
      *total = sum;
      return k;
    }
    for (int i = 0; i < inner; i++) {
      evaluate(v, out, policy);
      t = v;
      v = out;
      out = t;
    }
  }
}

static int by_size(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

int main(int count, char **words) {
  const char *name = count > 1 ? words[1] : "g1e5";
  int sweeps_only = count > 2 && !strcmp(words[2], "sweep");
  S = 100000, A = 8, B = 8;
  if (!strcmp(name, "g1e6")) S = 1000000, A = 4;
  if (!strcmp(name, "ring1e5")) half_width = 50;
  if (!strcmp(name, "dense2000")) S = 2000, A = 10, B = 2000, is_dense = 1;
  size_t entries = (size_t)S * A * B;
  column = is_dense ? NULL : aligned_alloc(64, entries * sizeof *column);
  probability = aligned_alloc(64, entries * sizeof *probability);
  reward = aligned_alloc(64, (size_t)(S * A + 8) / 8 * 8 * sizeof *reward);
  double *v = aligned_alloc(64, (size_t)(S + 8) / 8 * 8 * sizeof *v);
  double *out = aligned_alloc(64, (size_t)(S + 8) / 8 * 8 * sizeof *out);
  int *policy = malloc((size_t)S * sizeof *policy);
#pragma omp parallel for schedule(static)
  for (long row = 0; row < S * A; row++) fill_row(row);
  for (long s = 0; s < S; s++) v[s] = (double)(s % 17);

  double low, high, times[41];
  for (int i = 0; i < 41; i++) {
    double from = omp_get_wtime();
    sweep(v, out, NULL, &low, &high);
    times[i] = omp_get_wtime() - from;
  }
  qsort(times, 41, sizeof *times, by_size);
  double bytes = (double)entries * (is_dense ? 8 : 12) + 8.0 * S * A + 16.0 * S;
  printf("%s, %d threads: sweep %.3f ms (median; least %.3f), %.1f GB/s\n", name, omp_get_max_threads(),
         times[20] * 1e3, times[0] * 1e3, bytes / times[20] * 1e-9);
  if (sweeps_only) return 0;
  int inners[] = {0, 5, 20, 60};
  for (int k = 0; k < 4; k++) {
    double value = 0, total = 0;
    int sweeps = 0, tries = half_width && inners[k] == 0 ? 3 : 7;
    for (int i = 0; i < tries; i++) {
      double from = omp_get_wtime();
      sweeps = solve(v, out, policy, inners[k], &value, &total);
      times[i] = omp_get_wtime() - from;
    }
    qsort(times, (size_t)tries, sizeof *times, by_size);
    printf("  inner sweeps %2d: %.4f s (median), %d sweeps, V[0] %.9f, sum %.7f\n", inners[k], times[tries / 2], sweeps,
           value, total);
  }
  return 0;
}
