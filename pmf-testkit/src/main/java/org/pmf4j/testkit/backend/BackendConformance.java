package org.pmf4j.testkit.backend;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.TestInstance;
import org.pmf4j.api.backend.Backend;
import org.pmf4j.api.backend.BackendFactory;
import org.pmf4j.api.backend.BackendOptions;

/**
 * What every backend must pass. A backend's test class extends this one and hands over its factory:
 *
 * <pre>{@code
 * class MyBackendConformanceTest extends BackendConformance {
 *   @Override
 *   protected BackendFactory factory() {
 *     return new MyBackendFactory();
 *   }
 * }
 * }</pre>
 *
 * <p>The tests come by concern, as nested classes. Operations are held against oracles in plain
 * Java and their gradients against central finite differences, in FLOAT32 and, where declared,
 * FLOAT64. Tests of a capability that {@link Backend#info} does not declare are skipped; that it is
 * refused is tested instead. Tests run by one thread.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class BackendConformance {
  private Backend backend;

  /** For the test class that extends this one. */
  protected BackendConformance() {}

  /** The factory under test. */
  protected abstract BackendFactory factory();

  /** How the backend is opened: on the CPU with two threads, unless overridden. */
  protected BackendOptions options() {
    return new BackendOptions("cpu", 2);
  }

  final Backend backend() {
    return backend;
  }

  @BeforeAll
  final void openBackend() {
    backend = factory().open(options());
  }

  @AfterAll
  final void closeBackend() {
    if (backend != null) {
      backend.close();
    }
  }

  @Nested
  @DisplayName("Element by element")
  class Elementwise extends ElementwiseTests {
    Elementwise() {
      super(BackendConformance.this);
    }
  }

  @Nested
  @DisplayName("Shapes")
  class Shapes extends ShapeTests {
    Shapes() {
      super(BackendConformance.this);
    }
  }

  @Nested
  @DisplayName("Matrix products")
  class Matrices extends MatrixTests {
    Matrices() {
      super(BackendConformance.this);
    }
  }

  @Nested
  @DisplayName("Reductions")
  class Reductions extends ReductionTests {
    Reductions() {
      super(BackendConformance.this);
    }
  }

  @Nested
  @DisplayName("Operations of transformers")
  class NeuralOperations extends NeuralTests {
    NeuralOperations() {
      super(BackendConformance.this);
    }
  }

  @Nested
  @DisplayName("Pooling")
  class Vectors extends PoolingTests {
    Vectors() {
      super(BackendConformance.this);
    }
  }

  @Nested
  @DisplayName("Attention")
  class Attention extends AttentionTests {
    Attention() {
      super(BackendConformance.this);
    }
  }

  @Nested
  @DisplayName("Programs")
  class RunningPrograms extends ProgramTests {
    RunningPrograms() {
      super(BackendConformance.this);
    }
  }

  @Nested
  @DisplayName("Gradients and assignments")
  class Tapes extends TapeTests {
    Tapes() {
      super(BackendConformance.this);
    }
  }

  @Nested
  @DisplayName("Steps of AdamW")
  class Optimizers extends AdamWTests {
    Optimizers() {
      super(BackendConformance.this);
    }
  }

  @Nested
  @DisplayName("Parameters")
  class ParameterLife extends ParameterTests {
    ParameterLife() {
      super(BackendConformance.this);
    }
  }

  @Nested
  @DisplayName("Operands that do not fit")
  class BadOperands extends BadOperandTests {
    BadOperands() {
      super(BackendConformance.this);
    }
  }

  @Nested
  @DisplayName("Life times")
  class Lifetimes extends LifetimeTests {
    Lifetimes() {
      super(BackendConformance.this);
    }
  }

  @Nested
  @DisplayName("Closing under each other")
  class Closing extends ClosingTests {
    Closing() {
      super(BackendConformance.this);
    }
  }

  @Nested
  @DisplayName("The end of the process")
  class ProcessEnd extends ProcessEndTests {
    ProcessEnd() {
      super(BackendConformance.this);
    }
  }

  @Nested
  @DisplayName("Host data")
  class HostData extends HostDataTests {
    HostData() {
      super(BackendConformance.this);
    }
  }

  @Nested
  @DisplayName("Capabilities")
  class Capabilities extends CapabilityTests {
    Capabilities() {
      super(BackendConformance.this);
    }
  }

  @Nested
  @DisplayName("BFLOAT16")
  class Bfloat16 extends Bfloat16Tests {
    Bfloat16() {
      super(BackendConformance.this);
    }
  }

  @Nested
  @DisplayName("Random programs")
  class Fuzz extends FuzzTests {
    Fuzz() {
      super(BackendConformance.this);
    }
  }

  @Nested
  @DisplayName("Threads")
  class Threads extends ThreadTests {
    Threads() {
      super(BackendConformance.this);
    }
  }

  @Nested
  @DisplayName("Memory")
  class Memory extends MemoryTests {
    Memory() {
      super(BackendConformance.this);
    }
  }
}
