package org.pmf4j.export;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.pmf4j.core.model.Int8Layers;
import org.pmf4j.export.int8.Int8Loss;
import org.pmf4j.export.int8.LayerErrors;

/**
 * What integers cost, and which layers are in none. Immutable, so that any number of threads may
 * share it.
 *
 * @param loss on the rows of the table
 * @param layers all linear layers that could be in integers, those that suffer most first
 * @param inFloat those that are in none
 * @param mostLost what was allowed
 */
public record Int8Report(
    Int8Loss loss, List<LayerErrors.Layer> layers, Int8Layers inFloat, double mostLost) {
  private static final int MOST_SHOWN = 5;

  /** Copies the list. */
  public Int8Report {
    layers = List.copyOf(layers);
  }

  /** The layers that stay in single precision, those that suffer most first. */
  public List<LayerErrors.Layer> kept() {
    return layers.stream().filter(l -> inFloat.of(l.modality()).contains(l.weight())).toList();
  }

  /** A few sentences, for people. */
  public List<String> lines() {
    List<String> all = new ArrayList<>();
    int kept = kept().size();
    all.add(
        String.format(
            Locale.ROOT,
            "%d of %d frozen linear layers are in 8-bit integers",
            layers.size() - kept,
            layers.size()));
    kept().stream().limit(MOST_SHOWN).forEach(l -> all.add("in single precision: " + told(l)));
    if (kept > MOST_SHOWN) {
      all.add("and " + (kept - MOST_SHOWN) + " more");
    }
    all.add(told());
    return all;
  }

  private static String told(LayerErrors.Layer layer) {
    return String.format(
        Locale.ROOT,
        "%s.%s, which integers would change by %.1f %%",
        layer.modality(),
        layer.weight(),
        100 * layer.error());
  }

  private String told() {
    return loss.labelled()
        .map(
            l ->
                String.format(
                    Locale.ROOT,
                    "accuracy %.4f in single precision and %.4f in integers, expected calibration"
                        + " error %.4f and %.4f, %d of %d predictions differ",
                    l.floatAccuracy(),
                    l.accuracy(),
                    l.floatCalibration(),
                    l.calibration(),
                    loss.changed(),
                    loss.rows()))
        .orElseGet(() -> String.format(Locale.ROOT, "%s on %d rows", lost(loss), loss.rows()));
  }

  /** What is lost, in words. */
  static String lost(Int8Loss loss) {
    double share = 100 * loss.lost();
    if (loss.labelled().isPresent()) {
      return String.format(Locale.ROOT, "%.2f %% of accuracy are lost", share);
    }
    return loss.changed() > 0
        ? String.format(Locale.ROOT, "%.2f %% of predictions differ", share)
        : String.format(Locale.ROOT, "predictions move by %.2f %% of their variance", share);
  }

  /** For {@code export.json}. */
  public Map<String, Object> toMap() {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("layers", layers.size());
    all.put("in_float", kept().stream().map(l -> l.modality() + "." + l.weight()).toList());
    all.put("rows", loss.rows());
    all.put("changed", loss.changed());
    all.put("lost", loss.lost());
    all.put("most_lost", mostLost);
    loss.labelled()
        .ifPresent(
            l -> {
              all.put("accuracy_fp32", l.floatAccuracy());
              all.put("accuracy_int8", l.accuracy());
              all.put("calibration_error_fp32", l.floatCalibration());
              all.put("calibration_error_int8", l.calibration());
            });
    return all;
  }
}
