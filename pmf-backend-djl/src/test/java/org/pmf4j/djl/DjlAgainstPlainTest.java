package org.pmf4j.djl;

import org.pmf4j.api.backend.BackendFactory;
import org.pmf4j.testkit.plain.LayerAgainstPlain;

class DjlAgainstPlainTest extends LayerAgainstPlain {
  @Override
  protected BackendFactory factory() {
    return new DjlBackendFactory();
  }
}
