package org.pmf4j.modalities.family;

import java.util.Optional;
import java.util.Set;
import org.pmf4j.api.encoder.EncoderConfig;
import org.pmf4j.api.error.PmfException;

/**
 * The bases of ModernBERT's rotary wavelengths, as transformers 4 writes them ({@code
 * global_rope_theta}, {@code local_rope_theta}) and as 5 does ({@code rope_parameters}, by kind of
 * layer). Anything but the plain kind of rotary positions is refused.
 *
 * @param global of layers that see the whole text
 * @param local of the others
 */
record RopeBases(double global, double local) {
  private static final String PARAMETERS = "rope_parameters";
  private static final String SCALING = "rope_scaling";
  private static final String THETA = "rope_theta";
  private static final String GLOBAL = "global_rope_theta";
  private static final String LOCAL = "local_rope_theta";
  private static final Set<String> TYPE = Set.of("rope_type", "type");

  static RopeBases of(EncoderConfig config) {
    config
        .object(SCALING)
        .ifPresent(
            scaling -> {
              demandPlain(scaling);
              refuseOthers(scaling, TYPE);
            });
    Optional<EncoderConfig> parameters = config.object(PARAMETERS);
    parameters.ifPresent(p -> demandByLayer(config, p));
    double older = config.number(GLOBAL, 160_000);
    double global = base(config, parameters, LayerKinds.GLOBAL, GLOBAL, older);
    // Null means that of the global layers, where transformers 4 wrote it
    boolean asGlobal = config.values().containsKey(LOCAL) && !config.has(LOCAL);
    double otherwise = asGlobal ? global : config.number(LOCAL, 10_000);
    return new RopeBases(global, base(config, parameters, LayerKinds.LOCAL, LOCAL, otherwise));
  }

  private static double base(
      EncoderConfig config,
      Optional<EncoderConfig> parameters,
      String kind,
      String olderKey,
      double older) {
    Optional<EncoderConfig> own = parameters.flatMap(p -> p.object(kind));
    own.ifPresent(
        p -> {
          demandPlain(p);
          refuseOthers(p, Set.of("rope_type", "type", THETA));
        });
    double base = own.map(p -> p.number(THETA, older)).orElse(older);
    if (base <= 0) {
      throw config.wrong(olderKey, "above 0", base);
    }
    if (config.has(olderKey) && base != older) {
      throw config.wrong(olderKey, "what " + PARAMETERS + " says, " + base, older);
    }
    return base;
  }

  /** One base for all layers is what transformers 5 passes over here, so it is no answer. */
  private static void demandByLayer(EncoderConfig config, EncoderConfig parameters) {
    if (!Set.of(LayerKinds.GLOBAL, LayerKinds.LOCAL).containsAll(parameters.values().keySet())) {
      throw config.wrong(
          PARAMETERS,
          "an object with " + LayerKinds.GLOBAL + " and " + LayerKinds.LOCAL,
          parameters.values());
    }
  }

  private static void demandPlain(EncoderConfig rope) {
    for (String key : TYPE) {
      FamilyConfig.demand(rope, key, "default");
    }
  }

  private static void refuseOthers(EncoderConfig rope, Set<String> known) {
    for (String key : rope.values().keySet()) {
      if (rope.has(key) && !known.contains(key)) {
        throw PmfException.input(
            rope.source()
                + ": \""
                + key
                + "\": scaled or partial rotary positions are not supported; use a model without");
      }
    }
  }
}
