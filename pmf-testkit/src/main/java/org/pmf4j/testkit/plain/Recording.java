package org.pmf4j.testkit.plain;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.pmf4j.api.backend.engine.EngineTape;

/**
 * The steps of a training program in the order in which they were computed: a Wengert list. Each
 * step knows how a gradient by its result becomes gradients by its operands, so that walking the
 * list from its end to its beginning is the chain rule (reverse-mode differentiation). It is the
 * tape of its program.
 *
 * <p>A program runs on one thread, and so does its recording: threads that train at once do not see
 * each other. What depends on no parameter is not recorded; frozen weights cost nothing here.
 */
final class Recording implements EngineTape<PlainValue> {
  private static final ThreadLocal<Recording> CURRENT = new ThreadLocal<>();

  private final List<Step> steps = new ArrayList<>();
  private final Set<PlainValue> results = Collections.newSetFromMap(new IdentityHashMap<>());

  private record Step(PlainValue result, Backward backward) {}

  /** How the gradient by a result becomes gradients by the operands. */
  @FunctionalInterface
  interface Backward {
    /** Adds to the gradients by the operands what comes to them from that by the result. */
    void add(double[] gradient, Gradients gradients);
  }

  /** Begins a recording on this thread. */
  static Recording start() {
    Recording recording = new Recording();
    CURRENT.set(recording);
    return recording;
  }

  /** Ends this thread's recording, if there is one; what is computed after it is not recorded. */
  static void stop() {
    CURRENT.remove();
  }

  /** Notes how a result was made, where there is a recording and the result needs one. */
  static PlainValue step(PlainValue result, List<PlainValue> operands, Backward backward) {
    Recording recording = CURRENT.get();
    if (recording != null && operands.stream().anyMatch(recording::dependsOnAParameter)) {
      recording.steps.add(new Step(result, backward));
      recording.results.add(result);
    }
    return result;
  }

  private boolean dependsOnAParameter(PlainValue value) {
    return value instanceof Variable || results.contains(value);
  }

  @Override
  public List<PlainValue> gradients(PlainValue loss, List<PlainValue> parameters) {
    stop();
    Gradients gradients = new Gradients(this::dependsOnAParameter);
    gradients.by(loss, sum -> sum[0] = 1);
    for (int i = steps.size() - 1; i >= 0; i--) {
      Step step = steps.get(i);
      gradients.of(step.result).ifPresent(gradient -> step.backward.add(gradient, gradients));
    }
    return parameters.stream().map(parameter -> gradient(parameter, gradients)).toList();
  }

  /** Zeros where the loss did not reach the parameter. */
  private static PlainValue gradient(PlainValue parameter, Gradients gradients) {
    DoubleArray current = PlainValue.reals(parameter);
    double[] sum = gradients.of(parameter).orElseGet(() -> new double[current.size()]);
    return DoubleArray.rounded(current.shape(), current.dtype(), sum);
  }

  @Override
  public void assign(PlainValue parameter, PlainValue value) {
    ((Variable) parameter).set(PlainValue.reals(value));
  }
}
