package org.pmf4j.api.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TensorScopeTest {
  @Test
  void scopesOfAProgramDoNotNest() {
    TensorScope scope = TensorScope.open();
    try {
      assertThatThrownBy(TensorScope::open)
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("a program cannot be run inside another program");
    } finally {
      scope.close();
    }
    assertThat(TensorScope.isOpen()).isFalse();
  }

  @Test
  void tidyOutsideAProgramIsRefused() {
    assertThatThrownBy(() -> TensorScope.tidy(() -> null))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("inside a program");
  }

  @Test
  void anExceptionInsideTidyGivesBackTheOuterScope() {
    TensorScope scope = TensorScope.open();
    try {
      IllegalArgumentException mine = new IllegalArgumentException("mine");
      assertThatThrownBy(
              () ->
                  TensorScope.tidy(
                      () -> {
                        throw mine;
                      }))
          .isSameAs(mine);
      assertThat(TensorScope.isOpen()).isTrue();
    } finally {
      scope.close();
    }
    assertThat(TensorScope.isOpen()).isFalse();
  }

  @Test
  void whatIsTakenOutOfAScopeIsTheReceiversToClose() {
    List<String> released = new ArrayList<>();
    Kernels<String> kernels = releasing(released);
    try (TensorScope scope = TensorScope.open()) {
      assertThat(TensorScope.isOpen()).isTrue();
      Tensor stays = Tensor.of(kernels, "stays", Shape.of(1), DType.FLOAT32);
      Tensor taken = Tensor.of(kernels, "taken", Shape.of(1), DType.FLOAT32);
      TensorScope.register(stays);
      TensorScope.register(taken);
      assertThat(TensorScope.take(taken)).isSameAs(taken);
      scope.keep(Tensor.of(kernels, "never registered", Shape.of(1), DType.FLOAT32));
    }
    assertThat(released).containsExactly("stays");
  }

  /** Kernels that only release. */
  @SuppressWarnings("unchecked")
  private static Kernels<String> releasing(List<String> released) {
    return (Kernels<String>)
        Proxy.newProxyInstance(
            Kernels.class.getClassLoader(),
            new Class<?>[] {Kernels.class},
            (proxy, method, arguments) -> {
              assertThat(method.getName()).isEqualTo("release");
              released.add((String) arguments[0]);
              return null;
            });
  }

  @Test
  void takingOutsideAProgramIsRefused() {
    Tensor t = Tensor.of(releasing(new ArrayList<>()), "t", Shape.of(1), DType.FLOAT32);
    assertThatThrownBy(() -> TensorScope.take(t))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("inside a program");
  }

  @Test
  void aScopeBelongsToItsThread() throws InterruptedException {
    TensorScope scope = TensorScope.open();
    try {
      boolean[] open = {true};
      Thread other = new Thread(() -> open[0] = TensorScope.isOpen());
      other.start();
      other.join();
      assertThat(open[0]).isFalse();
    } finally {
      scope.close();
    }
  }
}
