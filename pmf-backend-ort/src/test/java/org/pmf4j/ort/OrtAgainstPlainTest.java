package org.pmf4j.ort;

import org.pmf4j.api.backend.BackendFactory;
import org.pmf4j.testkit.plain.LayerAgainstPlain;

class OrtAgainstPlainTest extends LayerAgainstPlain {
  @Override
  protected BackendFactory factory() {
    return new OrtBackendFactory();
  }
}
