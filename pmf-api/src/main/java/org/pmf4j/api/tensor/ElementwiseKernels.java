package org.pmf4j.api.tensor;

/**
 * Element-by-element operations, with NumPy broadcasting where there are two operands. All are
 * differentiable but {@link #greaterThan}. Implementations have no state that changes: several
 * threads may use one at once.
 *
 * @param <V> the backend's own value
 */
public interface ElementwiseKernels<V> {
  /** a + b. */
  V add(V a, V b);

  /** a − b. */
  V sub(V a, V b);

  /** a · b. */
  V mul(V a, V b);

  /** a / b. */
  V div(V a, V b);

  /** max(a, b); where both are equal the gradient may go to either or be shared. */
  V maximum(V a, V b);

  /** a + s. */
  V addScalar(V a, double s);

  /** a · s. */
  V mulScalar(V a, double s);

  /** e^a. */
  V exp(V a);

  /** ln a. */
  V log(V a);

  /** √a. */
  V sqrt(V a);

  /** |a|; its gradient at 0 is 0. */
  V abs(V a);

  /** tanh a. */
  V tanh(V a);

  /** erf a. */
  V erf(V a);

  /** 1 / (1 + e^−a). */
  V sigmoid(V a);

  /** max(a, 0); its gradient at 0 is 0. */
  V relu(V a);

  /** a &gt; b as BOOL; false where one of them is not a number. */
  V greaterThan(V a, V b);

  /** Elements of {@code yes} where the BOOL {@code condition} holds, else of {@code no}. */
  V select(V condition, V yes, V no);

  /**
   * Elements as another floating type; from INT64 rounded to it, from BOOL 0 and 1.
   *
   * @throws IllegalArgumentException for a type that the backend does not declare
   */
  V cast(V a, DType to);
}
