package bellwether.core.bandit;

import java.util.Arrays;

/**
 * States in a binary heap, the largest d(x) / b(x) first; ratios may only grow. Finding the next
 * state costs O(log n), where a dense arm's scan costs O(n).
 */
final class RatioHeap {
  private final double[] ratio;
  private final int[] heap;
  private final int[] place;
  private int size;

  /** All states with these ratios, which the heap keeps. */
  RatioHeap(double[] ratio) {
    this.ratio = ratio;
    size = ratio.length;
    heap = new int[size];
    place = new int[size];
    for (int s = 0; s < size; s++) {
      heap[s] = s;
      place[s] = s;
    }
    for (int i = size / 2 - 1; i >= 0; i--) {
      down(i);
    }
  }

  int size() {
    return size;
  }

  /** The states that are left, in no order. */
  int[] states() {
    return Arrays.copyOf(heap, size);
  }

  /** Takes the state with the largest ratio out. */
  int pop() {
    int top = heap[0];
    place[top] = -1;
    size--;
    if (size > 0) {
      heap[0] = heap[size];
      place[heap[0]] = 0;
      down(0);
    }
    return top;
  }

  boolean has(int state) {
    return place[state] >= 0;
  }

  /** A new ratio of a state; by rounding it may be a little less than the old one. */
  void set(int state, double value) {
    double old = ratio[state];
    ratio[state] = value;
    if (value > old) {
      up(place[state]);
    } else if (value < old) {
      down(place[state]);
    }
  }

  private void up(int from) {
    int state = heap[from];
    double value = ratio[state];
    int i = from;
    while (i > 0) {
      int parent = (i - 1) / 2;
      if (!(value > ratio[heap[parent]])) {
        break;
      }
      heap[i] = heap[parent];
      place[heap[i]] = i;
      i = parent;
    }
    heap[i] = state;
    place[state] = i;
  }

  private void down(int from) {
    int state = heap[from];
    double value = ratio[state];
    int i = from;
    while (2 * i + 1 < size) {
      int child = 2 * i + 1;
      if (child + 1 < size && ratio[heap[child + 1]] > ratio[heap[child]]) {
        child++;
      }
      if (!(ratio[heap[child]] > value)) {
        break;
      }
      heap[i] = heap[child];
      place[heap[i]] = i;
      i = child;
    }
    heap[i] = state;
    place[state] = i;
  }
}
