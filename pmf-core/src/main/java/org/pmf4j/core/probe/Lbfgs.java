package org.pmf4j.core.probe;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/**
 * L-BFGS for smooth convex functions: Dong C. Liu, Jorge Nocedal: <em>On the limited memory BFGS
 * method for large scale optimization</em>, Mathematical Programming 45 (1989), with a line search
 * that halves the step until Armijo's condition holds. Immutable, so that any number of threads may
 * share it.
 *
 * @param tolerance ends where no derivative is larger
 * @param iterations at most
 * @param between called before each iteration, on the calling thread; may throw to end the work
 */
record Lbfgs(double tolerance, int iterations, Runnable between) {
  private static final int MEMORY = 10;
  private static final double SUFFICIENT = 1e-4;
  private static final int HALVINGS = 30;

  /** What is minimised. */
  @FunctionalInterface
  interface Function {
    /**
     * The value at a point.
     *
     * @param at the point, not changed
     * @param gradient filled with the gradient there
     */
    double valueAndGradient(double[] at, double[] gradient);
  }

  /** A step, and by how much it changed the gradient. */
  private record Pair(double[] step, double[] change, double product) {}

  /**
   * Minimises.
   *
   * @param start where it begins, not changed
   * @return the point that was reached
   */
  double[] minimize(Function f, double[] start) {
    double[] x = start.clone();
    double[] gradient = new double[x.length];
    double value = f.valueAndGradient(x, gradient);
    Deque<Pair> pairs = new ArrayDeque<>();
    for (int i = 0; i < iterations && largest(gradient) > tolerance; i++) {
      between.run();
      double[] direction = direction(gradient, pairs);
      double slope = dot(direction, gradient);
      double length = pairs.isEmpty() ? Math.min(1, 1 / norm(gradient)) : 1;
      double[] next = new double[x.length];
      double[] nextGradient = new double[x.length];
      double nextValue = Double.NaN;
      boolean lower = false;
      for (int h = 0; h < HALVINGS && !lower; h++) {
        for (int j = 0; j < x.length; j++) {
          next[j] = x[j] + length * direction[j];
        }
        nextValue = f.valueAndGradient(next, nextGradient);
        lower = nextValue <= value + SUFFICIENT * length * slope;
        length /= 2;
      }
      if (!lower) {
        // As low as numbers of 64 bits tell
        return x;
      }
      remember(pairs, minus(next, x), minus(nextGradient, gradient));
      x = next;
      gradient = nextGradient;
      value = nextValue;
    }
    return x;
  }

  private static void remember(Deque<Pair> pairs, double[] step, double[] change) {
    double product = dot(step, change);
    // Without curvature the update would not be positive definite
    if (product > 1e-12 * dot(change, change)) {
      pairs.addLast(new Pair(step, change, product));
      if (pairs.size() > MEMORY) {
        pairs.removeFirst();
      }
    }
  }

  /** The two-loop recursion: the approximate inverse Hessian times the negative gradient. */
  private static double[] direction(double[] gradient, Deque<Pair> pairs) {
    double[] q = gradient.clone();
    double[] alphas = new double[pairs.size()];
    int i = pairs.size();
    for (Iterator<Pair> newestFirst = pairs.descendingIterator(); newestFirst.hasNext(); ) {
      Pair p = newestFirst.next();
      alphas[--i] = dot(p.step, q) / p.product;
      add(q, -alphas[i], p.change);
    }
    if (!pairs.isEmpty()) {
      Pair newest = pairs.getLast();
      scale(q, newest.product / dot(newest.change, newest.change));
    }
    for (Pair p : pairs) {
      add(q, alphas[i++] - dot(p.change, q) / p.product, p.step);
    }
    scale(q, -1);
    return q;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  private static double norm(double[] a) {
    return Math.sqrt(dot(a, a));
  }

  private static double largest(double[] a) {
    double most = 0;
    for (double x : a) {
      most = Math.max(most, Math.abs(x));
    }
    return most;
  }

  private static double[] minus(double[] a, double[] b) {
    double[] difference = a.clone();
    add(difference, -1, b);
    return difference;
  }

  private static void add(double[] to, double factor, double[] x) {
    for (int i = 0; i < to.length; i++) {
      to[i] += factor * x[i];
    }
  }

  private static void scale(double[] x, double factor) {
    for (int i = 0; i < x.length; i++) {
      x[i] *= factor;
    }
  }
}
