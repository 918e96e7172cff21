package org.pmf4j.api.fusion;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.pmf4j.api.backend.Parameter;
import org.pmf4j.api.encoder.Encoder;
import org.pmf4j.api.encoder.EncoderLayer;
import org.pmf4j.api.encoder.EncoderShape;
import org.pmf4j.api.encoder.Memory;
import org.pmf4j.api.encoder.Pooling;
import org.pmf4j.api.encoder.Tokens;
import org.pmf4j.api.error.ErrorKind;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.setting.Settings;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Shape;
import org.pmf4j.api.tensor.Tensor;

/**
 * An encoder of which nothing but the shape is known, over which a method that does not plan is
 * built to ask what it does. Immutable, so that any number of threads may share it.
 *
 * @param shape all that there is
 */
record ShapeOnly(EncoderShape shape) implements Encoder {

  /** The plan of a method of version 1, which tells it by its model. */
  @SuppressWarnings("deprecation") // what version 1 has in place of a plan
  static FusionPlan plan(FusionMethod method, Named<EncoderShape> encoders, Settings settings) {
    try {
      FusionModel model =
          method.build(encoders.map(ShapeOnly::new), 1, settings, ShapeOnly::parameter);
      Map<String, Integer> layers = new LinkedHashMap<>();
      encoders.names().forEach(m -> layers.put(m, model.fusionLayers(m)));
      return new FusionPlan(Named.of(layers), model.required(), method.tuning());
    } catch (NoWeights e) {
      throw new PmfException(
          ErrorKind.ENVIRONMENT,
          String.format(
              Locale.ROOT,
              "method %s reads weights where it is planned; its author must give it a plan",
              method.name()),
          e);
    }
  }

  private static Parameter parameter(
      String name, Parameters.Role role, Parameters.Start start, long... dims) {
    return new ShapeOnlyParameter(name, Shape.of(dims));
  }

  @Override
  public int width() {
    return shape.width();
  }

  @Override
  public List<? extends EncoderLayer> layers() {
    return Collections.nCopies(shape.depth(), new ShapeOnlyLayer());
  }

  @Override
  public Tokens embed(Named<Tensor> inputs) {
    throw new NoWeights();
  }

  @Override
  public Tensor finalNorm(Tensor states) {
    throw new NoWeights();
  }

  @Override
  public Pooling pooling() {
    return new ShapeOnlyPooling();
  }

  private static final class NoWeights extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    NoWeights() {
      super("there are no weights where a method is planned");
    }
  }

  private record ShapeOnlyLayer() implements EncoderLayer {
    @Override
    public Memory memory(Tokens tokens) {
      throw new NoWeights();
    }

    @Override
    public Tensor attend(Tokens queries, Memory memory) {
      throw new NoWeights();
    }
  }

  private record ShapeOnlyPooling() implements Pooling {
    @Override
    public Tensor rows(Tensor states) {
      throw new NoWeights();
    }

    @Override
    public Tensor pool(Tensor rows, Tensor mask) {
      throw new NoWeights();
    }
  }

  private record ShapeOnlyParameter(String name, Shape shape) implements Parameter {
    @Override
    public Tensor value() {
      throw new NoWeights();
    }

    @Override
    public void close() {
      // There is nothing to free
    }
  }
}
