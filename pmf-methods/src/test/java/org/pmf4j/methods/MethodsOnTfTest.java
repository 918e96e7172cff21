package org.pmf4j.methods;

import org.junit.jupiter.api.DisplayName;

@DisplayName("The fusion methods, on tf")
class MethodsOnTfTest extends EveryMethodConformance {
  MethodsOnTfTest() {
    super("checking-tf");
  }
}
