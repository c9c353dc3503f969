package bellwether.core.mdp;

import bellwether.core.parallel.Team;

/** The vector and its image in two arrays, by joint state. */
final class PlainVectors extends JointVectors {
  double[] h;
  double[] image;

  PlainVectors(int states) {
    h = new double[states];
    image = new double[states];
  }

  @Override
  void set(double[] v, double scale, double less) {
    for (int s = 0; s < h.length; s++) {
      h[s] = scale * v[s] - less;
    }
  }

  @Override
  void begin(boolean bounds, boolean keep) {
    // Both are there in any case.
  }

  @Override
  void takeImage() {
    double[] old = h;
    h = image;
    image = old;
  }

  @Override
  void mixImage(double stay, Team team) {
    double[] next = image;
    double[] old = h;
    forEachRange(
        team,
        next.length,
        (from, to) -> {
          for (int s = from; s < to; s++) {
            next[s] = Math.fma(stay, old[s] - next[s], next[s]);
          }
        });
  }

  @Override
  double[] vector(Team team) {
    return h;
  }
}
