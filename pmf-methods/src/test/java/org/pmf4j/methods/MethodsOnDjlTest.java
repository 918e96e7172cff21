package org.pmf4j.methods;

import org.junit.jupiter.api.DisplayName;

@DisplayName("The fusion methods, on djl")
class MethodsOnDjlTest extends EveryMethodConformance {
  MethodsOnDjlTest() {
    super("checking-djl");
  }
}
