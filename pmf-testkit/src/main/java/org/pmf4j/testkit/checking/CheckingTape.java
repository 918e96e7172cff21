package org.pmf4j.testkit.checking;

import java.util.ArrayList;
import java.util.List;
import org.pmf4j.api.backend.Parameter;
import org.pmf4j.api.backend.Tape;
import org.pmf4j.api.tensor.Tensor;
import org.pmf4j.api.tensor.TensorScope;

/** The tape of one call of a training program's body. */
final class CheckingTape implements Tape, AutoCloseable {
  private final CheckingKernels kernels;
  private final Ledger ledger;
  private final Recording body;
  private final Tape delegate;
  private final List<CheckingParameter> held = new ArrayList<>();

  CheckingTape(CheckingKernels kernels, Recording body, Tape delegate) {
    this.kernels = kernels;
    this.ledger = kernels.ledger();
    this.body = body;
    this.delegate = delegate;
  }

  @Override
  public List<Tensor> gradients(Tensor loss, List<Parameter> by) {
    Wrapped l = use(loss);
    List<Tensor> found = delegate.gradients(l.tensor(), by.stream().map(this::unwrap).toList());
    requireItsTime();
    ledger.require(
        found.size() == by.size(),
        "the delegate returns %d gradients for %d parameters",
        found.size(),
        by.size());
    List<Tensor> gradients = new ArrayList<>();
    for (int i = 0; i < found.size(); i++) {
      gradients.add(gradient(l, (CheckingParameter) by.get(i), found.get(i)));
    }
    return gradients;
  }

  private Tensor gradient(Wrapped loss, CheckingParameter by, Tensor found) {
    Form form = Form.of(found);
    ledger.require(
        by.form().matches(form), "the delegate's gradient by %s %s is %s", by, by.form(), form);
    body.captured(by);
    List<Object> arguments = List.of(loss.role().reference(), by);
    Wrapped wrapped = body.step("gradient", arguments, found);
    return TensorScope.register(Tensor.of(kernels, wrapped, found.shape(), found.dtype()));
  }

  @Override
  public void assign(Parameter parameter, Tensor value) {
    Wrapped v = use(value);
    Parameter target = unwrap(parameter);
    if (target != parameter && !body.isOver()) {
      hold((CheckingParameter) parameter);
    }
    delegate.assign(target, v.tensor());
    requireItsTime();
    body.assignment((CheckingParameter) parameter, v.role().reference());
  }

  private void hold(CheckingParameter parameter) {
    if (parameter.assign(body.program())) {
      held.add(parameter);
    }
  }

  /** After its time it is the delegate that refuses. */
  private Wrapped use(Tensor tensor) {
    Wrapped wrapped = kernels.unwrap(tensor);
    if (!body.isOver()) {
      wrapped.role().used(Recording.current(ledger));
    }
    return wrapped;
  }

  private void requireItsTime() {
    ledger.require(!body.isOver(), "the delegate takes the tape of %s, which has ended", body);
  }

  /** A parameter of another backend is handed on for the delegate to refuse. */
  private Parameter unwrap(Parameter parameter) {
    return parameter instanceof CheckingParameter own && own.isOf(kernels)
        ? own.delegate()
        : parameter;
  }

  @Override
  public void close() {
    held.forEach(CheckingParameter::assigned);
  }
}
