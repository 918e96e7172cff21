package org.pmf4j.bench.methods.plan;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.fusion.FusionMethod;
import org.pmf4j.api.fusion.Tuning;
import org.pmf4j.core.plugin.PluginRegistry;

/**
 * Settings that hold for a method wherever it is named. Immutable, so that any number of threads
 * may share it.
 *
 * @param settings of the methods: {@code METHOD.KEY} and value
 * @param training of training: {@code METHOD.KEY} and value; {@code full.KEY} stands for every
 *     method that trains the encoders themselves
 */
public record Changes(Map<String, String> settings, Map<String, String> training) {
  private static final String FULL = Tuning.FULL.name().toLowerCase(Locale.ROOT);

  /** No changes. */
  public static final Changes NONE = new Changes(Map.of(), Map.of());

  /** Copies the maps. */
  public Changes {
    settings = new LinkedHashMap<>(settings);
    training = new LinkedHashMap<>(training);
  }

  /**
   * Checks that each is for a method that is used.
   *
   * @throws PmfException naming the one that is not
   */
  void check(PluginRegistry.Catalog<FusionMethod> methods, Collection<String> used) {
    settings.keySet().forEach(key -> check("--set", key, methods, used));
    training.keySet().stream()
        .filter(key -> !key.startsWith(FULL + "."))
        .forEach(key -> check("--training", key, methods, used));
  }

  private static void check(
      String option,
      String key,
      PluginRegistry.Catalog<FusionMethod> methods,
      Collection<String> used) {
    int dot = key.indexOf('.');
    if (dot <= 0 || dot == key.length() - 1) {
      throw PmfException.usage(
          String.format(
              Locale.ROOT,
              "%s needs METHOD.KEY=VALUE, such as pmf.learning-rate=0.001; got '%s'",
              option,
              key));
    }
    String method = methods.get(key.substring(0, dot)).name();
    if (!used.contains(method)) {
      throw PmfException.usage(
          String.format(
              Locale.ROOT,
              "%s %s: the method %s is not compared; add it to --methods",
              option,
              key,
              method));
    }
  }

  Map<String, String> settings(String method) {
    return under(settings, method);
  }

  Map<String, String> training(String method, Tuning tuning) {
    Map<String, String> all = new LinkedHashMap<>();
    if (tuning == Tuning.FULL) {
      all.putAll(under(training, FULL));
    }
    all.putAll(under(training, method));
    return all;
  }

  private static Map<String, String> under(Map<String, String> all, String owner) {
    Map<String, String> own = new LinkedHashMap<>();
    all.forEach(
        (key, value) -> {
          if (key.startsWith(owner + ".")) {
            own.put(key.substring(owner.length() + 1), value);
          }
        });
    return own;
  }
}
