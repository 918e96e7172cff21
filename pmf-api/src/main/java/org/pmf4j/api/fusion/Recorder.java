package org.pmf4j.api.fusion;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.pmf4j.api.backend.Parameter;

/**
 * Passes on the making of parameters and remembers what was made, in its order: for methods of
 * version 1, whose models had to list their parameters. For the one thread that builds the model.
 *
 * @deprecated since version 2: the host knows what it made
 */
@Deprecated(since = "2")
public final class Recorder implements Parameters {
  private final Parameters maker;
  private final List<Parameter> made = new ArrayList<>();

  /** Nothing was made yet. */
  public Recorder(Parameters maker) {
    this.maker = maker;
  }

  @Override
  public Parameter make(String name, Role role, Start start, long... dims) {
    Parameter p = maker.make(name, role, start, dims);
    made.add(p);
    return p;
  }

  @Override
  public OptionalLong trainingRows() {
    return maker.trainingRows();
  }

  /** What was made so far. */
  public List<Parameter> made() {
    return List.copyOf(made);
  }
}
