package org.pmf4j.api.tensor;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A value on a backend: the result of an operation inside a program, an input, a weight.
 *
 * <p>Every operation checks types and shapes first and throws {@link IllegalArgumentException}
 * before any native code runs, {@link IllegalStateException} on a closed tensor or outside a
 * program. Operands share one element type. Two operands of different shape broadcast as in NumPy.
 * Axes count from 0, or from −1 backwards. Results belong to the enclosing {@link TensorScope},
 * which closes them; {@link #close()} frees one earlier.
 *
 * <p>Any thread may close a tensor at any time. A run that has begun to use it keeps its memory
 * until the run ends, and either finishes or ends with {@link IllegalStateException}.
 */
public final class Tensor implements AutoCloseable {
  /** In {@link #reshape}: keep the dimension that the input has in this place. */
  public static final long KEEP = 0;

  /** In {@link #reshape}: whatever is left; at most once. */
  public static final long INFER = -1;

  private final Kernels<Object> kernels;
  private final HeldValue held;
  private final Shape shape;
  private final DType dtype;

  private Tensor(Kernels<Object> kernels, HeldValue held, Shape shape, DType dtype) {
    this.kernels = kernels;
    this.held = held;
    this.shape = shape;
    this.dtype = dtype;
  }

  /** A backend's own value as a tensor that its receiver closes; engines do not call this. */
  public static <V> Tensor of(Kernels<V> kernels, V value, Shape shape, DType dtype) {
    return new Tensor(own(kernels), new HeldValue(own(kernels), value, shape, dtype), shape, dtype);
  }

  /** As {@link #of}, but the value is made, once, by the first run that uses it. */
  public static <V> Tensor deferred(
      Kernels<V> kernels, Supplier<V> make, Shape shape, DType dtype) {
    return new Tensor(own(kernels), new HeldValue(own(kernels), make, shape, dtype), shape, dtype);
  }

  @SuppressWarnings("unchecked")
  private static Kernels<Object> own(Kernels<?> kernels) {
    return (Kernels<Object>) kernels;
  }

  /**
   * The backend's own value, for who may make it ({@link #of}).
   *
   * @throws IllegalArgumentException if this tensor is of another backend
   * @throws IllegalStateException if it is closed
   */
  @SuppressWarnings("unchecked")
  public <V> V value(Kernels<V> owner) {
    requireOf(owner);
    return (V) (TensorScope.isOpen() ? held.operand() : held.use(v -> v));
  }

  /**
   * Does something with the backend's own value outside a program, where nothing else keeps the
   * value from being freed by another thread.
   */
  @SuppressWarnings("unchecked")
  public <V, R> R use(Kernels<V> owner, Function<V, R> body) {
    requireOf(owner);
    return held.use(v -> body.apply((V) v));
  }

  private void requireOf(Kernels<?> owner) {
    if ((Object) owner != kernels) {
      throw new IllegalArgumentException("a tensor of another backend was handed over: " + this);
    }
  }

  Object value() {
    return held.operand();
  }

  HeldValue held() {
    return held;
  }

  Kernels<Object> kernels() {
    return kernels;
  }

  /** A result of this tensor's backend, registered with the current scope. */
  Tensor result(Object result, Shape shape, DType dtype) {
    return TensorScope.register(of(kernels, result, shape, dtype));
  }

  private Tensor same(Object result) {
    return result(result, shape, dtype);
  }

  /** Dimensions; {@link Shape#UNKNOWN} ones occur only while a graph backend traces. */
  public Shape shape() {
    return shape;
  }

  /**
   * One dimension as a number to compute with.
   *
   * @throws IllegalStateException while a graph backend traces with this dimension {@link
   *     Shape#UNKNOWN}; it then traces again with all dimensions known
   */
  public long dim(int axis) {
    long size = shape.dim(axis);
    if (size == Shape.UNKNOWN) {
      throw new IllegalStateException("axis " + axis + " of " + this + " is not known yet");
    }
    return size;
  }

  /** Element type. */
  public DType dtype() {
    return dtype;
  }

  /** True after {@link #close()}. */
  public boolean isClosed() {
    return held.isClosed();
  }

  /** Frees the value, or leaves that to the last run that uses it; a second call does nothing. */
  @Override
  public void close() {
    held.close();
  }

  // ---- element by element

  /** this + other. */
  public Tensor add(Tensor other) {
    Shape s = OperandChecks.binary("add", this, other);
    return result(kernels.add(value(), other.value()), s, dtype);
  }

  /** this + scalar. */
  public Tensor add(double scalar) {
    OperandChecks.floating("add", this);
    return same(kernels.addScalar(value(), scalar));
  }

  /** this − other. */
  public Tensor sub(Tensor other) {
    Shape s = OperandChecks.binary("sub", this, other);
    return result(kernels.sub(value(), other.value()), s, dtype);
  }

  /** this · other, element by element. */
  public Tensor mul(Tensor other) {
    Shape s = OperandChecks.binary("mul", this, other);
    return result(kernels.mul(value(), other.value()), s, dtype);
  }

  /** this · scalar. */
  public Tensor mul(double scalar) {
    OperandChecks.floating("mul", this);
    return same(kernels.mulScalar(value(), scalar));
  }

  /** this / other. */
  public Tensor div(Tensor other) {
    Shape s = OperandChecks.binary("div", this, other);
    return result(kernels.div(value(), other.value()), s, dtype);
  }

  /** −this. */
  public Tensor neg() {
    return mul(-1);
  }

  /** this². */
  public Tensor square() {
    return mul(this);
  }

  /** e^this. */
  public Tensor exp() {
    OperandChecks.floating("exp", this);
    return same(kernels.exp(value()));
  }

  /** Natural logarithm. */
  public Tensor log() {
    OperandChecks.floating("log", this);
    return same(kernels.log(value()));
  }

  /** Square root. */
  public Tensor sqrt() {
    OperandChecks.floating("sqrt", this);
    return same(kernels.sqrt(value()));
  }

  /** Absolute value; its gradient at 0 is 0. */
  public Tensor abs() {
    OperandChecks.floating("abs", this);
    return same(kernels.abs(value()));
  }

  /** Hyperbolic tangent. */
  public Tensor tanh() {
    OperandChecks.floating("tanh", this);
    return same(kernels.tanh(value()));
  }

  /** Gauss error function. */
  public Tensor erf() {
    OperandChecks.floating("erf", this);
    return same(kernels.erf(value()));
  }

  /** 1 / (1 + e^−this). */
  public Tensor sigmoid() {
    OperandChecks.floating("sigmoid", this);
    return same(kernels.sigmoid(value()));
  }

  /** max(this, 0); its gradient at 0 is 0. */
  public Tensor relu() {
    OperandChecks.floating("relu", this);
    return same(kernels.relu(value()));
  }

  /** max(this, other); where both are equal the gradient may go to either or be shared. */
  public Tensor maximum(Tensor other) {
    Shape s = OperandChecks.binary("maximum", this, other);
    return result(kernels.maximum(value(), other.value()), s, dtype);
  }

  /** this &gt; other, as BOOL. */
  public Tensor greaterThan(Tensor other) {
    Shape s = OperandChecks.binary("greaterThan", this, other);
    return result(kernels.greaterThan(value(), other.value()), s, DType.BOOL);
  }

  /** Where this BOOL tensor is true the element of {@code yes}, else that of {@code no}. */
  public Tensor select(Tensor yes, Tensor no) {
    OperandChecks.type("select", this, DType.BOOL);
    OperandChecks.sameBackend("select", this, yes);
    Shape s = OperandChecks.broadcast("select", shape, OperandChecks.binary("select", yes, no));
    return yes.result(kernels.select(value(), yes.value(), no.value()), s, yes.dtype);
  }

  /**
   * The same numbers in a floating type; BOOL as 0 and 1. Differentiable between floating types.
   *
   * @param to the floating type
   */
  public Tensor cast(DType to) {
    if (to == dtype) {
      return this;
    }
    OperandChecks.castable(this, to);
    return result(kernels.cast(value(), to), shape, to);
  }

  // ---- shape

  /**
   * The same elements, row-major, in another shape.
   *
   * @param dims a size, {@link #KEEP} or (once) {@link #INFER} for each new dimension
   */
  public Tensor reshape(long... dims) {
    Shape s = OperandChecks.reshape(shape, dims);
    return result(kernels.reshape(value(), s, dims), s, dtype);
  }

  /** Dimension {@code i} of the result is dimension {@code axes[i]} of this tensor. */
  public Tensor permute(int... axes) {
    Shape s = OperandChecks.permute(shape, axes);
    return result(kernels.permute(value(), OperandChecks.axes(shape, axes)), s, dtype);
  }

  /** The last two dimensions exchanged. */
  public Tensor transpose() {
    int r = shape.rank();
    int[] axes = new int[r];
    Arrays.setAll(axes, i -> i);
    if (r < 2) {
      throw new IllegalArgumentException("transpose needs two dimensions or more, got " + shape);
    }
    axes[r - 1] = r - 2;
    axes[r - 2] = r - 1;
    return permute(axes);
  }

  /**
   * Positions {@code from} (inclusive) to {@code to} (exclusive) along an axis.
   *
   * @param to a position, or −1 for the end of the axis
   */
  public Tensor slice(int axis, long from, long to) {
    Shape s = OperandChecks.slice(shape, axis, from, to);
    return result(kernels.slice(value(), shape.axis(axis), from, to), s, dtype);
  }

  /**
   * The first positions along an axis, as many as another tensor has along one of its own: {@code
   * slice(axis, 0, like.dim(likeAxis))}, where that dimension need not be known yet.
   */
  public Tensor sliceLike(int axis, Tensor like, int likeAxis) {
    return Slices.like(this, axis, like, likeAxis);
  }

  /**
   * Positions 0, {@code step}, 2 · {@code step}, … along an axis of n, which is not empty: ⌈n /
   * step⌉ of them, where n need not be known yet.
   *
   * @param step at least 1
   * @since API version 2
   */
  public Tensor every(int axis, long step) {
    return Slices.every(this, axis, step);
  }

  /** The tensors one after the other along an axis; all other dimensions must match. */
  public static Tensor concat(int axis, List<Tensor> parts) {
    Shape s = OperandChecks.concat(axis, parts);
    Tensor first = parts.get(0);
    if (parts.size() == 1) {
      return first;
    }
    List<Object> values = parts.stream().map(Tensor::value).toList();
    return first.result(first.kernels.concat(values, s.axis(axis)), s, first.dtype);
  }

  /** The tensors one after the other along an axis; all other dimensions must match. */
  public static Tensor concat(int axis, Tensor... parts) {
    return concat(axis, List.of(parts));
  }

  /**
   * Repeats a tensor whose first dimension is 1 along that dimension, to the batch size of another.
   *
   * @param batch any tensor whose first dimension is the batch
   */
  public Tensor repeatFor(Tensor batch) {
    Shape s = OperandChecks.repeatFor(this, batch);
    return s.dim(0) == 1 ? this : result(kernels.repeatFor(value(), batch.value()), s, dtype);
  }

  /** A constant of this tensor's shape, every element {@code number} (BOOL: true unless 0). */
  public Tensor filled(double number, DType type) {
    OperandChecks.filled(type);
    return result(kernels.filled(value(), number, type), shape, type);
  }

  // ---- products and reductions

  /** Matrix product over the last two dimensions; those before them broadcast. */
  public Tensor matmul(Tensor other) {
    Shape s = OperandChecks.matmul(this, other);
    return result(kernels.matmul(value(), other.value()), s, dtype);
  }

  /** Sum over the given axes, which stay with size 1; over all where none is given. */
  public Tensor sum(int... axes) {
    OperandChecks.floating("sum", this);
    int[] a = OperandChecks.axesOrAll(shape, axes);
    return result(kernels.sum(value(), a), OperandChecks.reduce(shape, a), dtype);
  }

  /** Mean over the given axes, which stay with size 1; over all where none is given. */
  public Tensor mean(int... axes) {
    OperandChecks.floating("mean", this);
    int[] a = OperandChecks.axesOrAll(shape, axes);
    return result(kernels.mean(value(), a), OperandChecks.reduce(shape, a), dtype);
  }

  /**
   * Maximum over one axis that is not empty, which stays with size 1; the gradient goes to one
   * maximal element.
   */
  public Tensor max(int axis) {
    OperandChecks.floating("max", this);
    int a = OperandChecks.filledAxis("max", this, axis);
    return result(kernels.max(value(), a), shape.with(a, 1), dtype);
  }

  @Override
  public String toString() {
    return dtype + " " + shape + (isClosed() ? " (closed)" : "");
  }
}
