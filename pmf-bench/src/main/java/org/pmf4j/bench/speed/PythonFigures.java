package org.pmf4j.bench.speed;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.pmf4j.bench.json.JsonFile;
import org.pmf4j.bench.statistics.Spread;

/**
 * Figures of the originals in Python that ran beside.
 *
 * @param versions of what they ran on
 * @param threads of PyTorch
 * @param attention their implementation of attention
 * @param variants by precision and name
 */
public record PythonFigures(
    Map<String, String> versions, int threads, String attention, List<Original> variants) {

  /**
   * An original.
   *
   * @param variant its name there
   * @param precision fp32, or bf16 by autocast
   * @param milliseconds of a batch
   * @param ours what does the same here, in the same precision, and in bf16 where this is in fp32
   * @param peakBytes most resident memory of a process of its own
   */
  public record Original(
      String variant,
      String precision,
      Spread milliseconds,
      List<Counterpart> ours,
      Double peakBytes) {}

  /**
   * A variant of ours that does an original's work.
   *
   * @param variant its key
   * @param precision of its frozen matrices
   * @param timesAsFast as the original, round by round
   */
  public record Counterpart(String variant, String precision, Spread timesAsFast) {}

  /** The figures of a notebook, unless no originals ran. */
  static Optional<PythonFigures> of(SpeedSettings settings, Measurements notebook) {
    return notebook.fact("python").map(ready -> of(settings, ready, notebook));
  }

  private static PythonFigures of(SpeedSettings settings, String fact, Measurements notebook) {
    PythonOriginals.Ready ready = JsonFile.parse("the notebook", fact, PythonOriginals.Ready.class);
    List<Original> originals = new ArrayList<>();
    for (String precision : settings.precisions()) {
      for (String variant : ready.variants()) {
        String key = PythonOriginals.key(precision, variant);
        originals.add(
            new Original(
                variant,
                precision,
                Spread.of(notebook.series(key)),
                counterparts(settings, variant, precision, notebook),
                notebook.value("memory/" + key + "/peak").orElse(null)));
      }
    }
    return new PythonFigures(ready.versions(), ready.threads(), ready.attention(), originals);
  }

  private static List<Counterpart> counterparts(
      SpeedSettings settings, String original, String precision, Measurements notebook) {
    List<Counterpart> ours = new ArrayList<>();
    for (SpeedVariant v : settings.variants()) {
      for (String p : settings.precisions()) {
        boolean comparable = p.equals(precision) || precision.equals("fp32");
        if (comparable && v.originals().contains(original)) {
          notebook
              .ratio(PythonOriginals.key(precision, original), p + "/" + v.key())
              .ifPresent(r -> ours.add(new Counterpart(v.key(), p, r)));
        }
      }
    }
    return ours;
  }
}
