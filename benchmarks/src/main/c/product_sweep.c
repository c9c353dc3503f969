/*
 * Sweeps over the product of four chains of 100 types, each moving to one of two random types, as ProductSweepBenchmark
 * has them: h' = r + d E[h | theta], 1e8 joint states, no bounds. Blocks are
 * read once for a group of first types that share successors, averaged over the first, turned for the last and turned back, and images
 * go where blocks are dead. With intrinsics for AVX-512.
 *
 *   gcc -O3 -march=native -mprefer-vector-width=512 -fopenmp product_sweep.c -o product_sweep && ./product_sweep
 */
#include <immintrin.h>
#include <math.h>
#include <omp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#define N 100          /* types of an agent */
#define ROOMY 104      /* a row with room up to a cache line */
#define VECTORS 13     /* vectors of such a row */
#define BLOCK (N * N)  /* states that share the types of the first two agents */
#define KEPT (104 * ROOMY)
#define GROUP 4        /* first types of a group */
#define WINDOW 5       /* second types whose averages are kept */

typedef __m512d V;

static int one[4][N], two[4][N];
static double p[4][N], q[4][N], reward[4][N];
static int order[2][N];

typedef struct {
  int type, make[2], slot[2], last[2];
} Step;
static Step steps[N];

static double *room(size_t doubles) {
  size_t bytes = (doubles * 8 + (1 << 21)) & ~((size_t)(1 << 21) - 1);
  double *x = aligned_alloc(1 << 21, bytes);
  madvise(x, bytes, MADV_HUGEPAGE);
  memset(x, 0, bytes);
  return x;
}

static inline void turn(V r[8]) {
  V t0 = _mm512_unpacklo_pd(r[0], r[1]), t1 = _mm512_unpackhi_pd(r[0], r[1]);
  V t2 = _mm512_unpacklo_pd(r[2], r[3]), t3 = _mm512_unpackhi_pd(r[2], r[3]);
  V t4 = _mm512_unpacklo_pd(r[4], r[5]), t5 = _mm512_unpackhi_pd(r[4], r[5]);
  V t6 = _mm512_unpacklo_pd(r[6], r[7]), t7 = _mm512_unpackhi_pd(r[6], r[7]);
  V u0 = _mm512_shuffle_f64x2(t0, t2, 0x88), u1 = _mm512_shuffle_f64x2(t1, t3, 0x88);
  V u2 = _mm512_shuffle_f64x2(t0, t2, 0xdd), u3 = _mm512_shuffle_f64x2(t1, t3, 0xdd);
  V u4 = _mm512_shuffle_f64x2(t4, t6, 0x88), u5 = _mm512_shuffle_f64x2(t5, t7, 0x88);
  V u6 = _mm512_shuffle_f64x2(t4, t6, 0xdd), u7 = _mm512_shuffle_f64x2(t5, t7, 0xdd);
  r[0] = _mm512_shuffle_f64x2(u0, u4, 0x88);
  r[1] = _mm512_shuffle_f64x2(u1, u5, 0x88);
  r[2] = _mm512_shuffle_f64x2(u2, u6, 0x88);
  r[3] = _mm512_shuffle_f64x2(u3, u7, 0x88);
  r[4] = _mm512_shuffle_f64x2(u0, u4, 0xdd);
  r[5] = _mm512_shuffle_f64x2(u1, u5, 0xdd);
  r[6] = _mm512_shuffle_f64x2(u2, u6, 0xdd);
  r[7] = _mm512_shuffle_f64x2(u3, u7, 0xdd);
}

static inline V average(const double *x, const double *y, V a, V b) {
  return _mm512_fmadd_pd(b, _mm512_loadu_pd(y), _mm512_mul_pd(a, _mm512_loadu_pd(x)));
}

static inline V part(const double *x, const double *y, V a, V b, __mmask8 m) {
  return _mm512_fmadd_pd(b, _mm512_maskz_loadu_pd(m, y), _mm512_mul_pd(a, _mm512_maskz_loadu_pd(m, x)));
}

/* A block averaged over the first agent and the last. */
static void make(const double *x, const double *y, double a, double b, double *kept, double *strip) {
  V va = _mm512_set1_pd(a), vb = _mm512_set1_pd(b);
  for (int r0 = 0; r0 < N; r0 += 8) {
    int rows = N - r0 < 8 ? N - r0 : 8;
    for (int c = 0; c < VECTORS; c++) {
      V r[8];
      if (c < N / 8 && rows == 8)
        for (int i = 0; i < 8; i++) r[i] = average(x + (r0 + i) * N + c * 8, y + (r0 + i) * N + c * 8, va, vb);
      else
        for (int i = 0; i < 8; i++) {
          if (i < rows)
            r[i] = part(x + (r0 + i) * N + c * 8, y + (r0 + i) * N + c * 8, va, vb, c < N / 8 ? 0xff : 0x0f);
          else
            r[i] = _mm512_setzero_pd();
        }
      turn(r);
      for (int i = 0; i < 8; i++) _mm512_store_pd(strip + (c * 8 + i) * 8, r[i]);
    }
    for (int c = 0; c < VECTORS; c++) {
      V r[8];
      for (int i = 0; i < 8; i++) {
        int t = c * 8 + i;
        if (t < N)
          r[i] = average(strip + one[3][t] * 8, strip + two[3][t] * 8, _mm512_set1_pd(p[3][t]), _mm512_set1_pd(q[3][t]));
        else
          r[i] = _mm512_setzero_pd();
      }
      turn(r);
      for (int i = 0; i < 8; i++) _mm512_store_pd(kept + (r0 + i) * ROOMY + c * 8, r[i]);
    }
  }
}

/* A block of the image: the averages over the second agent and the third, and rewards. */
static void back_up(const double *x, const double *y, double a, double b, double constant, double *out) {
  for (int t = 0; t < N; t++) {
    V fixed = _mm512_set1_pd(constant + reward[2][t]);
    V w0 = _mm512_set1_pd(a * p[2][t]), w1 = _mm512_set1_pd(a * q[2][t]);
    V w2 = _mm512_set1_pd(b * p[2][t]), w3 = _mm512_set1_pd(b * q[2][t]);
    const double *k0 = x + one[2][t] * ROOMY, *k1 = x + two[2][t] * ROOMY;
    const double *k2 = y + one[2][t] * ROOMY, *k3 = y + two[2][t] * ROOMY;
    for (int c = 0; c < N / 8; c++) {
      V v = _mm512_add_pd(fixed, _mm512_loadu_pd(reward[3] + c * 8));
      v = _mm512_fmadd_pd(w0, _mm512_load_pd(k0 + c * 8), v);
      v = _mm512_fmadd_pd(w1, _mm512_load_pd(k1 + c * 8), v);
      v = _mm512_fmadd_pd(w2, _mm512_load_pd(k2 + c * 8), v);
      v = _mm512_fmadd_pd(w3, _mm512_load_pd(k3 + c * 8), v);
      _mm512_storeu_pd(out + t * N + c * 8, v);
    }
    const int c = N / 8 * 8;
    V v = _mm512_add_pd(fixed, _mm512_maskz_loadu_pd(0x0f, reward[3] + c));
    v = _mm512_fmadd_pd(w0, _mm512_load_pd(k0 + c), v);
    v = _mm512_fmadd_pd(w1, _mm512_load_pd(k1 + c), v);
    v = _mm512_fmadd_pd(w2, _mm512_load_pd(k2 + c), v);
    v = _mm512_fmadd_pd(w3, _mm512_load_pd(k3 + c), v);
    _mm256_storeu_pd(out + t * N + c, _mm512_castpd512_pd256(v));
  }
}

static double touch(const double *x) {
  V u = _mm512_setzero_pd(), v = u;
  for (int k = 0; k < BLOCK; k += 16) {
    u = _mm512_add_pd(u, _mm512_loadu_pd(x + k));
    v = _mm512_add_pd(v, _mm512_loadu_pd(x + k + 8));
  }
  return u[0] + v[0];
}

/* Visits types that share successors one after the other; a window of w is thought to be in a cache. */
static void visit(int m, int w, int *best) {
  int fewest = 1 << 30;
  for (int start = 0; start < N; start++) {
    char done[N] = {0};
    int uses[N] = {0}, window[64], found[N], loads = 0, next = start;
    for (int t = 0; t < N; t++) uses[one[m][t]]++, uses[two[m][t]]++;
    memset(window, -1, sizeof window);
    for (int k = 0; k < N; k++) {
      found[k] = next;
      done[next] = 1;
      for (int z = 0; z < 2; z++) {
        int u = z ? two[m][next] : one[m][next], i = 0;
        while (i < w - 1 && window[i] != u) i++;
        loads += window[i] != u;
        memmove(window + 1, window, i * sizeof(int));
        window[0] = u;
        uses[u]--;
      }
      int least = 1 << 30;
      for (int t = 0; t < N; t++)
        if (!done[t]) {
          int score = uses[one[m][t]] + uses[two[m][t]];
          for (int z = 0; z < 2; z++) {
            int in = 0;
            for (int i = 0; i < w; i++) in |= window[i] == (z ? two[m][t] : one[m][t]);
            score += in ? 0 : 1000;
          }
          if (score < least) least = score, next = t;
        }
    }
    if (loads < fewest) fewest = loads, memcpy(best, found, sizeof found);
  }
}

static void plan(void) {
  int kept[WINDOW], made[N];
  long used[WINDOW] = {0}, clock = 0;
  memset(kept, -1, sizeof kept);
  memset(made, -1, sizeof made);
  for (int k = 0; k < N; k++) {
    int u[2] = {one[1][order[1][k]], two[1][order[1][k]]};
    steps[k].type = order[1][k];
    for (int z = 0; z < 2; z++)
      for (int i = 0; i < WINDOW; i++)
        if (kept[i] == u[z]) used[i] = ++clock;
    for (int z = 0; z < 2; z++) {
      int f = -1;
      for (int i = 0; i < WINDOW; i++)
        if (kept[i] == u[z]) f = i;
      steps[k].make[z] = -1;
      if (f < 0) {
        f = 0;
        for (int i = 1; i < WINDOW; i++)
          if (used[i] < used[f]) f = i;
        kept[f] = steps[k].make[z] = u[z];
        steps[k].last[z] = 1;
        if (made[u[z]] >= 0) steps[made[u[z]] / 2].last[made[u[z]] % 2] = 0;
        made[u[z]] = 2 * k + z;
      }
      used[f] = ++clock;
      steps[k].slot[z] = f;
    }
  }
}

static double *slots, *kept[2], *strip[2];
static int *place, *image, *unused, count;
double sink[2]; /* visible, so that what is touched is read */

static void sweep(double d, int threads) {
  int user[N], last[N], read[N] = {0}, taken = 0;
  memset(user, -1, sizeof user);
  for (int th = 0; th < threads; th++)
    for (int k = N * th / threads; k < N * (th + 1) / threads; k++)
      for (int z = 0; z < 2; z++) {
        int t = z ? two[0][order[0][k]] : one[0][order[0][k]];
        user[t] = user[t] < 0 || user[t] == th ? th : threads;
        last[t] = (k - N * th / threads) / GROUP;
      }
  for (int t = 0; t < N; t++) read[one[1][t]] = read[two[1][t]] = 1;
  for (int t = 0; t < N; t++)
    for (int u = 0; u < N; u++)
      if (user[t] < 0 || !read[u]) unused[count++] = place[t * N + u];
#pragma omp parallel num_threads(threads)
  {
    int me = omp_get_thread_num(), from = N * me / threads, to = N * (me + 1) / threads, dead = 0;
    int *released = malloc(N * N * sizeof(int));
    double sum = 0;
    for (int g = 0; from + g * GROUP < to; g++) {
      int e0 = from + g * GROUP, e1 = e0 + GROUP < to ? e0 + GROUP : to;
      int source[2 * GROUP], sources = 0, at[GROUP][2];
      for (int e = e0; e < e1; e++)
        for (int z = 0; z < 2; z++) {
          int t = z ? two[0][order[0][e]] : one[0][order[0][e]], f = 0;
          while (f < sources && source[f] != t) f++;
          if (f == sources) source[sources++] = t;
          at[e - e0][z] = f;
        }
      for (int k = 0; k < N; k++) {
        Step *s = steps + k;
        for (int z = 0; z < 2; z++)
          if (s->make[z] >= 0) {
            const double *x[2 * GROUP];
            for (int i = 0; i < sources; i++) {
              x[i] = slots + (size_t)place[source[i] * N + s->make[z]] * BLOCK;
              sum += touch(x[i]);
            }
            for (int e = e0; e < e1; e++)
              make(x[at[e - e0][0]], x[at[e - e0][1]], p[0][order[0][e]], q[0][order[0][e]],
                   kept[me] + ((size_t)s->slot[z] * GROUP + e - e0) * KEPT, strip[me]);
            for (int i = 0; s->last[z] && i < sources; i++)
              if (user[source[i]] == me && last[source[i]] == g) released[dead++] = place[source[i] * N + s->make[z]];
          }
        for (int e = e0; e < e1; e++) {
          int t = order[0][e], slot;
          if (dead > 0) slot = released[--dead];
          else {
            int i;
#pragma omp atomic capture
            i = taken++;
            slot = unused[i];
          }
          image[t * N + s->type] = slot;
          back_up(kept[me] + ((size_t)s->slot[0] * GROUP + e - e0) * KEPT,
                  kept[me] + ((size_t)s->slot[1] * GROUP + e - e0) * KEPT, d * p[1][s->type], d * q[1][s->type],
                  reward[0][t] + reward[1][s->type], slots + (size_t)slot * BLOCK);
        }
      }
    }
    free(released);
    sink[me] = sum;
  }
  char live[2 * N * N] = {0};
  for (int b = 0; b < N * N; b++) live[image[b]] = 1;
  count = 0;
  for (int b = 0; b < 2 * N * N; b++)
    if (!live[b]) unused[count++] = b;
  int *swap = place;
  place = image;
  image = swap;
}

static int compare(const void *x, const void *y) {
  return (*(double *)x > *(double *)y) - (*(double *)x < *(double *)y);
}

int main(void) {
  srand48(1);
  for (int m = 0; m < 4; m++)
    for (int t = 0; t < N; t++) {
      p[m][t] = .1 + .8 * drand48();
      q[m][t] = 1 - p[m][t];
      one[m][t] = lrand48() % N;
      two[m][t] = lrand48() % N;
      reward[m][t] = drand48();
    }
  visit(0, GROUP, order[0]);
  visit(1, WINDOW, order[1]);
  plan();
  slots = room(2 * (size_t)BLOCK * BLOCK);
  for (int i = 0; i < 2; i++) kept[i] = room(WINDOW * GROUP * (size_t)KEPT), strip[i] = room(8 * ROOMY);
  place = malloc(N * N * sizeof(int));
  image = malloc(N * N * sizeof(int));
  unused = malloc(3 * N * N * sizeof(int));
  for (int b = 0; b < N * N; b++) place[b] = b, unused[count++] = b + N * N;
  for (size_t i = 0; i < (size_t)BLOCK * BLOCK; i++) slots[i] = (i * 2654435761u % 1000) * 1e-3;
  /* One sweep against the formula, in some states. */
  static int state[200][4];
  static double expected[200];
  for (int k = 0; k < 200; k++) {
    for (int m = 0; m < 4; m++) state[k][m] = lrand48() % N, expected[k] += reward[m][state[k][m]];
    for (int b = 0; b < 16; b++) {
      double w = .99;
      size_t from = 0;
      for (int m = 0; m < 4; m++) {
        int second = b >> m & 1, t = state[k][m];
        w *= second ? q[m][t] : p[m][t];
        from = from * N + (second ? two[m][t] : one[m][t]);
      }
      expected[k] += w * slots[from];
    }
  }
  sweep(.99, 2);
  double worst = 0;
  for (int k = 0; k < 200; k++) {
    int *s = state[k];
    double found = slots[(size_t)place[s[0] * N + s[1]] * BLOCK + s[2] * N + s[3]];
    worst = fmax(worst, fabs(found - expected[k]));
  }
  printf("error %g\n", worst);
  for (int threads = 1; threads <= 2; threads++) {
    double t[15];
    for (int r = 0; r < 15; r++) {
      double start = omp_get_wtime();
      sweep(.99, threads);
      t[r] = omp_get_wtime() - start;
    }
    qsort(t, 15, sizeof(double), compare);
    printf("%d threads: median %.3f, least %.3f ns a state\n", threads, t[7] * 10, t[0] * 10);
  }
  return 0;
}
