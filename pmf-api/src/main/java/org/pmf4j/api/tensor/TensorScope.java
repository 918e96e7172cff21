package org.pmf4j.api.tensor;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Closes what was made inside it. A backend opens one around each run (or trace) of a program; the
 * maths inside may open smaller ones with {@link #tidy}, so that the intermediate results of one
 * layer are gone before the next begins. Scopes nest and belong to the thread that opened them.
 */
public final class TensorScope implements AutoCloseable {
  private static final ThreadLocal<TensorScope> CURRENT = new ThreadLocal<>();

  private final TensorScope outer;
  private final List<Tensor> made = new ArrayList<>();

  private TensorScope(TensorScope outer) {
    this.outer = outer;
  }

  /**
   * Opens the outermost scope of a program: for backends.
   *
   * @throws IllegalStateException inside a program; programs do not nest
   */
  public static TensorScope open() {
    if (CURRENT.get() != null) {
      throw new IllegalStateException("a program cannot be run inside another program");
    }
    TensorScope s = new TensorScope(null);
    CURRENT.set(s);
    return s;
  }

  /**
   * Runs {@code body} and closes all tensors made in it but the one it returns. What autograd still
   * needs of the closed ones stays alive on the backend's side.
   *
   * @throws IllegalStateException outside a program
   */
  public static Tensor tidy(Supplier<Tensor> body) {
    try (TensorScope scope = new TensorScope(current())) {
      CURRENT.set(scope);
      return scope.keep(body.get());
    }
  }

  /** True inside a program. */
  public static boolean isOpen() {
    return CURRENT.get() != null;
  }

  private static TensorScope current() {
    TensorScope s = CURRENT.get();
    if (s == null) {
      throw new IllegalStateException("tensor operations run inside a program only");
    }
    return s;
  }

  /**
   * Makes a tensor belong to the current scope, which closes it: for backends, whose tapes make
   * tensors without a tensor operation.
   *
   * @return the same tensor
   * @throws IllegalStateException outside a program
   */
  public static Tensor register(Tensor tensor) {
    current().made.add(tensor);
    return tensor;
  }

  /**
   * Takes a tensor out of the current scope, so that its receiver closes it: for backends that wrap
   * another one's tensors in their own.
   *
   * @return the same tensor
   * @throws IllegalStateException outside a program
   */
  public static Tensor take(Tensor tensor) {
    current().forget(tensor);
    return tensor;
  }

  /** Lets {@code tensor} outlive this scope: it moves to the one around it, or to the caller. */
  public Tensor keep(Tensor tensor) {
    if (forget(tensor) && outer != null) {
      outer.made.add(tensor);
    }
    return tensor;
  }

  private boolean forget(Tensor tensor) {
    for (int i = made.size() - 1; i >= 0; i--) {
      if (made.get(i) == tensor) {
        made.remove(i);
        return true;
      }
    }
    return false;
  }

  /** Closes, newest first, all that was made in this scope and not kept. */
  @Override
  public void close() {
    CURRENT.set(outer);
    if (outer == null) {
      CURRENT.remove();
    }
    for (int i = made.size() - 1; i >= 0; i--) {
      made.get(i).close();
    }
    made.clear();
  }
}
