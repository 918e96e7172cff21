package org.pmf4j.testkit.fusion;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.TestInstance;
import org.pmf4j.api.backend.Backend;
import org.pmf4j.api.backend.BackendFactory;
import org.pmf4j.api.backend.BackendOptions;
import org.pmf4j.api.encoder.EncoderShape;
import org.pmf4j.api.encoder.Pooling;
import org.pmf4j.api.fusion.FusionMethod;
import org.pmf4j.api.setting.Settings;
import org.pmf4j.api.tensor.Named;

/**
 * What every fusion method must pass. A plugin's test class extends this one and hands over the
 * method and a backend; encoders are tiny transformers with random weights, two of them unless
 * {@link #modalities} says otherwise, of different widths and depths, one with padding.
 *
 * <p>The tests come by concern, as nested classes. Tests run by one thread.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class FusionMethodConformance {
  private static final Map<String, EncoderShape> SHAPES =
      Map.of(
          "image", new EncoderShape(8, 3),
          "text", new EncoderShape(12, 4),
          "audio", new EncoderShape(8, 4));

  private Backend backend;
  private final Map<String, TinyEncoder> encoders = new LinkedHashMap<>();

  /** For the test class that extends this one. */
  protected FusionMethodConformance() {}

  /** The method under test. */
  protected abstract FusionMethod method();

  /** What runs it. */
  protected abstract BackendFactory backend();

  /** Which encoders it is tried over, of {@code image}, {@code text} and {@code audio}. */
  protected List<String> modalities() {
    return List.of("image", "text");
  }

  /**
   * Settings that make the method do something else than its defaults do, by name and text: each is
   * tried as the defaults are.
   */
  protected List<Map<String, String>> variants() {
    return List.of();
  }

  @BeforeAll
  final void open() {
    backend = backend().open(BackendOptions.DEFAULT);
    for (String m : modalities()) {
      Pooling pooling = m.equals("text") ? new Pooling.FirstTokens(1) : new Pooling.MeanOfTokens();
      encoders.put(m, TinyEncoder.of(backend, SHAPES.get(m), pooling));
    }
  }

  @AfterAll
  final void close() {
    encoders.values().forEach(TinyEncoder::close);
    if (backend != null) {
      backend.close();
    }
  }

  final Backend opened() {
    return backend;
  }

  final Named<TinyEncoder> encoders() {
    return Named.of(encoders);
  }

  final Named<EncoderShape> shapes() {
    return encoders().map(EncoderShape::of);
  }

  final Settings defaults() {
    return Settings.defaults("method " + method().name(), method().settings());
  }

  /** The defaults, and each variant. */
  final List<Settings> allSettings() {
    List<Settings> all = new ArrayList<>(List.of(defaults()));
    variants().forEach(v -> all.add(defaults().with(v)));
    return all;
  }

  @Nested
  @DisplayName("Settings")
  class Declared extends SettingTests {
    Declared() {
      super(FusionMethodConformance.this);
    }
  }

  @Nested
  @DisplayName("The plan")
  class Planned extends PlanTests {
    Planned() {
      super(FusionMethodConformance.this);
    }
  }

  @Nested
  @DisplayName("The model")
  class Built extends ModelTests {
    Built() {
      super(FusionMethodConformance.this);
    }
  }
}
