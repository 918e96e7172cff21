package org.pmf4j.api.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
