package org.pmf4j.api.tensor;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Closes what was made inside it. A backend opens one around each run (or trace) of a program; the
 * maths inside may open smaller ones with {@link #tidy}, so that the intermediate results of one
 * layer are gone before the next begins. Scopes nest and belong to the thread that opened them.
 */
public final class TensorScope implements AutoCloseable {
  private static final ThreadLocal<TensorScope> CURRENT = new ThreadLocal<>();

  private final TensorScope outer;
  private final Run run;
  private final List<Tensor> made = new ArrayList<>();

  private TensorScope(TensorScope outer, Run run) {
    this.outer = outer;
    this.run = run;
  }

  /**
   * One run (or trace) of a program: the thread that it is on, and the tensors that it uses though
   * it has not made them – weights, parameters, inputs –, which nobody frees before it ends.
   */
  static final class Run {
    private final Thread thread = Thread.currentThread();
    private final Set<HeldValue> held = Collections.newSetFromMap(new IdentityHashMap<>());
    private volatile boolean ended;

    boolean isOfAnotherThread() {
      return !ended && Thread.currentThread() != thread;
    }

    private void hold(HeldValue value) {
      if (value.madeIn() != this && !held.contains(value)) {
        value.lifetime().enter();
        held.add(value);
      }
    }

    private void end() {
      ended = true;
      held.forEach(t -> t.lifetime().leave());
      held.clear();
    }
  }

  /**
   * Opens the outermost scope of a program: for who implements a backend, which engines do not.
   *
   * @throws IllegalStateException inside a program; programs do not nest
   */
  public static TensorScope open() {
    if (CURRENT.get() != null) {
      throw new IllegalStateException("a program cannot be run inside another program");
    }
    TensorScope s = new TensorScope(null, new Run());
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
    TensorScope around = current();
    try (TensorScope scope = new TensorScope(around, around.run)) {
      CURRENT.set(scope);
      return scope.keep(body.get());
    }
  }

  /** True inside a program. */
  public static boolean isOpen() {
    return CURRENT.get() != null;
  }

  /** Keeps a value that this run did not make until it ends. */
  static void hold(HeldValue value) {
    current().run.hold(value);
  }

  private static TensorScope current() {
    TensorScope s = CURRENT.get();
    if (s == null) {
      throw new IllegalStateException("tensor operations run inside a program only");
    }
    return s;
  }

  /**
   * Makes a tensor belong to the current scope, which closes it: for who implements a backend,
   * whose tape makes tensors without a tensor operation.
   *
   * @return the same tensor
   * @throws IllegalStateException outside a program
   */
  public static Tensor register(Tensor tensor) {
    TensorScope scope = current();
    tensor.held().madeIn(scope.run);
    scope.made.add(tensor);
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
    if (current().forget(tensor)) {
      tensor.held().madeIn(null);
    }
    return tensor;
  }

  /** Lets {@code tensor} outlive this scope: it moves to the one around it, or to the caller. */
  public Tensor keep(Tensor tensor) {
    if (forget(tensor)) {
      if (outer == null) {
        tensor.held().madeIn(null);
      } else {
        outer.made.add(tensor);
      }
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
    if (outer == null) {
      run.end();
    }
  }
}
