package org.pmf4j.core.training;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import org.pmf4j.api.backend.Backend;
import org.pmf4j.api.backend.Parameter;
import org.pmf4j.api.backend.Program;
import org.pmf4j.api.backend.Tape;
import org.pmf4j.api.fusion.Parameters.Start;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Tensor;
import org.pmf4j.core.batch.Batch;
import org.pmf4j.core.batch.BatchCodec;

/**
 * Gradients of parameters, summed over the parts of the batches of a step, on the device. For one
 * thread at a time.
 */
public final class Gradients implements AutoCloseable {
  /** Beside the names of the batch. */
  private static final String SHARE = "share";

  private final Backend backend;
  private final PartLoss losses;
  private final Map<Parameter, Parameter> sums = new LinkedHashMap<>();
  private final ParameterStore store;
  private final Program begin;
  private final Program add;
  private final Program norm;
  private boolean begun;

  /**
   * Gradients of some parameters, which stay the caller's: none yet.
   *
   * @param losses what gradients are taken of
   */
  public Gradients(Backend backend, PartLoss losses, List<Parameter> parameters) {
    this.backend = backend;
    this.losses = losses;
    this.store = new ParameterStore(backend, 0);
    try {
      for (Parameter p : parameters) {
        String name = "optimizer.gradient." + p.name();
        sums.put(p, store.make(name, new Start.Constant(0), p.shape().dims()));
      }
    } catch (RuntimeException e) {
      store.close();
      throw e;
    }
    this.begin = program("begin", (sum, gradient) -> gradient);
    this.add = program("accumulate", Tensor::add);
    this.norm = backend.inference("gradient norm", in -> Named.of("norm", globalNorm()));
  }

  /** From a part of a batch to its loss; its gradients go into the sums. */
  private Program program(String name, BinaryOperator<Tensor> how) {
    return backend.training(
        name,
        (in, tape) -> {
          Tensor loss = losses.loss(BatchCodec.batch(in));
          use(tape, loss.mul(in.get(SHARE)), how);
          return Named.of("loss", loss);
        });
  }

  private void use(Tape tape, Tensor loss, BinaryOperator<Tensor> how) {
    List<Parameter> parameters = new ArrayList<>(sums.keySet());
    List<Tensor> gradients = tape.gradients(loss, parameters);
    for (int i = 0; i < parameters.size(); i++) {
      Parameter sum = sums.get(parameters.get(i));
      tape.assign(sum, how.apply(sum.value(), gradients.get(i)));
    }
  }

  /**
   * Adds a part's gradients to those that are there.
   *
   * @param share of the part's batch in the step, 0 to 1
   * @return what the part adds to the mean loss of its batch
   */
  public double add(Batch<HostTensor> part, double share) {
    Program program = begun ? add : begin;
    Batch<Tensor> placed = losses.place(part);
    try (Tensor s = backend.tensor(HostTensor.of(new float[] {(float) share}, 1));
        Tensor loss = program.run(BatchCodec.names(placed).with(SHARE, s)).get("loss")) {
      begun = true;
      return backend.read(loss).floats()[0];
    } finally {
      placed.tensors().forEach(Tensor::close);
    }
  }

  /** The sum of a parameter's gradients, of its shape. */
  Parameter sum(Parameter parameter) {
    return sums.get(parameter);
  }

  /** The global norm of what is there. */
  double norm() {
    try (Tensor n = norm.run(Named.none()).get("norm")) {
      return backend.read(n).floats()[0];
    }
  }

  private Tensor globalNorm() {
    Tensor sum = null;
    for (Parameter s : sums.values()) {
      Tensor squares = s.value().square().sum().reshape(1);
      sum = sum == null ? squares : sum.add(squares);
    }
    return sum.sqrt();
  }

  /**
   * What is there, by the names of the parameters, which is then used: the next part begins anew.
   */
  public Map<String, HostTensor> take() {
    Map<String, HostTensor> all = new LinkedHashMap<>();
    sums.forEach((parameter, sum) -> all.put(parameter.name(), backend.read(sum.value())));
    clear();
    return all;
  }

  /**
   * Puts sums that were computed elsewhere in the place of what is there.
   *
   * @param all by the names of the parameters, one for each, of its shape
   */
  public void put(Map<String, HostTensor> all) {
    Map<String, HostTensor> named = new LinkedHashMap<>();
    sums.forEach((parameter, sum) -> named.put(sum.name(), all.get(parameter.name())));
    store.assign(named::get);
    begun = true;
  }

  /** What is there is used: the next part begins anew. */
  public void clear() {
    begun = false;
  }

  @Override
  public void close() {
    begin.close();
    add.close();
    norm.close();
    store.close();
  }
}
