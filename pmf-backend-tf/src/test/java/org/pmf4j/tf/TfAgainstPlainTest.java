package org.pmf4j.tf;

import org.pmf4j.api.backend.BackendFactory;
import org.pmf4j.testkit.plain.LayerAgainstPlain;

class TfAgainstPlainTest extends LayerAgainstPlain {
  @Override
  protected BackendFactory factory() {
    return new TfBackendFactory();
  }
}
