package org.pmf4j.core.run;

import java.util.List;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.core.data.Example;
import org.pmf4j.core.encoder.LoadedEncoder;
import org.pmf4j.core.model.CutSamples;
import org.pmf4j.core.progress.Progress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells, before a run works on rows, how many of them its encoders see a part of. */
final class CutRows {
  private static final String OPTION = "--encoder-setting ";
  private static final Logger LOG = LoggerFactory.getLogger(CutRows.class);

  private CutRows() {}

  /** Of encoders with names. */
  static void warn(Named<LoadedEncoder> encoders, List<Example> examples, Progress progress) {
    for (CutSamples cut : CutSamples.of(encoders, examples, progress)) {
      LOG.warn("{}", cut.line(OPTION + cut.encoder() + "."));
    }
  }

  /** Of one encoder, whose settings need no name. */
  static void warn(String name, LoadedEncoder encoder, List<Example> examples, Progress progress) {
    for (CutSamples cut : CutSamples.of(Named.of(name, encoder), examples, progress)) {
      LOG.warn("{}", cut.line(OPTION));
    }
  }
}
