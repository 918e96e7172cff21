package org.pmf4j.bench.methods.plan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.pmf4j.api.encoder.EncoderShape;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.fusion.FusionMethod;
import org.pmf4j.api.fusion.Tuning;
import org.pmf4j.api.setting.Settings;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.core.model.PlannedMethod;
import org.pmf4j.core.plugin.PluginRegistry;
import org.pmf4j.core.run.EncoderLearningRate;
import org.pmf4j.core.training.TrainSettings;

/**
 * Makes variants of what the user named, complete with all settings. Immutable, so that any number
 * of threads may share it.
 *
 * @param methods those there are
 * @param encoders shapes of all, by modality
 * @param training what holds for every method unless it is said otherwise
 * @param changes what is said otherwise for methods, by name
 */
public record Expansion(
    PluginRegistry.Catalog<FusionMethod> methods,
    Named<EncoderShape> encoders,
    TrainSettings training,
    Changes changes) {
  /** Methods that are usually wanted over each encoder alone, as what fusion has to beat. */
  private static final Map<String, Entry.On> USUAL =
      Map.of("unimodal", new Entry.On.Each(), "linear-probe", new Entry.On.EachAndAll());

  /**
   * Makes the variants.
   *
   * @throws PmfException naming the entry with an unknown method, encoder, setting or a name that
   *     is taken
   */
  public List<Variant> of(List<Entry> entries) {
    Set<String> used = new LinkedHashSet<>();
    entries.forEach(e -> used.add(e.method()));
    changes.check(methods, used);
    List<Variant> variants = new ArrayList<>();
    for (Entry entry : entries) {
      FusionMethod method = methods.get(entry.method());
      for (Map.Entry<String, List<String>> row : rows(entry).entrySet()) {
        variants.add(
            named(row.getKey(), () -> variant(row.getKey(), method, row.getValue(), entry)));
      }
    }
    requireDifferent(variants);
    return variants;
  }

  /** What is wrong with a variant, under its name. */
  private static Variant named(String name, Supplier<Variant> planned) {
    try {
      return planned.get();
    } catch (PmfException e) {
      String prefix = "variant " + name + ": ";
      String told = e.getMessage();
      throw told.startsWith(prefix) ? e : new PmfException(e.kind(), prefix + told, e);
    }
  }

  private Map<String, List<String>> rows(Entry entry) {
    String name = entry.name().orElse(entry.method());
    Entry.On on = entry.on().orElse(USUAL.getOrDefault(entry.method(), new Entry.On.All()));
    Map<String, List<String>> rows = new LinkedHashMap<>();
    if (on instanceof Entry.On.Each || on instanceof Entry.On.EachAndAll) {
      encoders.names().forEach(e -> rows.put(name + ": " + e, List.of(e)));
    }
    if (on instanceof Entry.On.All
        || on instanceof Entry.On.EachAndAll && encoders.names().size() > 1) {
      rows.put(name, List.copyOf(encoders.names()));
    }
    if (on instanceof Entry.On.Some some) {
      for (String e : some.names()) {
        if (!encoders.has(e)) {
          throw PmfException.usage(
              String.format(
                  Locale.ROOT,
                  "variant %s: there is no encoder '%s'; there are: %s",
                  name,
                  e,
                  String.join(", ", encoders.names())));
        }
      }
      rows.put(name, some.names());
    }
    return rows;
  }

  private Variant variant(String name, FusionMethod method, List<String> on, Entry entry) {
    Map<String, Object> changed = new LinkedHashMap<>(changes.settings(method.name()));
    changed.putAll(entry.settings());
    Settings settings = PlannedMethod.settings(method, changed);
    Map<String, EncoderShape> shapes = new LinkedHashMap<>();
    on.forEach(e -> shapes.put(e, encoders.get(e)));
    PlannedMethod planned = PlannedMethod.of(method, settings, Named.of(shapes));
    Tuning tuning = planned.plan().tuning();
    Map<String, Object> own = new LinkedHashMap<>(changes.training(method.name(), tuning));
    own.putAll(entry.training());
    Optional<?> encoderRate = Optional.ofNullable(own.remove(EncoderLearningRate.SETTING.name()));
    return new Variant(
        name,
        null,
        method.name(),
        tuning,
        on,
        settings.toMap(),
        training(name, own).toMap(),
        EncoderLearningRate.of(encoderRate, planned).value().orElse(null),
        entry.cached() && tuning == Tuning.FROZEN);
  }

  private TrainSettings training(String name, Map<String, Object> own) {
    if (own.containsKey("seed")) {
      throw PmfException.usage("variant " + name + ": seeds are the same for all; name them once");
    }
    TrainSettings settings = training;
    for (Map.Entry<String, Object> e : own.entrySet()) {
      settings = settings.with(e.getKey(), e.getValue());
    }
    return settings;
  }

  /**
   * Checks that no two rows, and no files of theirs, have one name.
   *
   * @throws PmfException naming two that do
   */
  public static void requireDifferent(List<Variant> variants) {
    Map<String, String> taken = new LinkedHashMap<>();
    for (Variant v : variants) {
      String slug = Cell.slug(v.name());
      if (slug.isEmpty()) {
        throw PmfException.usage("variant '" + v.name() + "' needs a name with letters or digits");
      }
      String other = taken.put(slug, v.name());
      if (other != null) {
        throw PmfException.usage(
            other.equals(v.name())
                ? "two variants have the name '" + other + "'; give one another name"
                : String.format(
                    Locale.ROOT,
                    "variants '%s' and '%s' would have the same files; give one another name",
                    other,
                    v.name()));
      }
    }
  }
}
