package org.pmf4j.bench.methods.plan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.pmf4j.api.error.PmfException;

/**
 * The paper's ablations of PMF: variants of it with one thing changed. Immutable, so that any
 * number of threads may share it.
 *
 * @param base PMF as it is compared with other methods
 * @param depth layers of the shallowest encoder
 */
public record Ablations(Variant base, int depth) {
  /** The method that is taken apart. */
  public static final String METHOD = "pmf";

  /** Table of F. */
  public static final String LAYERS = "Fusion layers";

  /** Table of n. */
  public static final String LENGTH = "Prompt length";

  /** Table of kinds of prompt. */
  public static final String PROMPTS = "Prompts left out";

  /** Table of heads. */
  public static final String HEAD = "Head";

  /** Table of directions. */
  public static final String EXCHANGE = "Exchange left out";

  private static final String F = "fusion-layers";
  private static final String QP = "query-prompts";
  private static final String QCP = "query-context-prompts";
  private static final String FCP = "fusion-context-prompts";
  private static final String PAIRS = "pairs";
  private static final int MOST_LAYERS = 4;
  private static final List<Integer> LENGTHS = List.of(1, 2, 4, 8);

  /**
   * The ablations of the first PMF among some variants.
   *
   * @throws PmfException if there is none
   */
  public static Ablations of(List<Variant> variants, Map<String, Integer> depths) {
    Variant base =
        variants.stream()
            .filter(v -> v.method().equals(METHOD))
            .findFirst()
            .orElseThrow(
                () -> PmfException.usage("ablations need the method pmf; add it to --methods"));
    int depth = base.encoders().stream().mapToInt(depths::get).min().orElseThrow();
    return new Ablations(base, depth);
  }

  /** All of them; what the base itself has is not repeated. */
  public List<Variant> variants() {
    List<Variant> all = new ArrayList<>();
    for (int f = 1; f <= Math.min(MOST_LAYERS, depth); f++) {
      add(all, LAYERS, ", F = " + f, Map.of(F, f));
    }
    for (int n : LENGTHS) {
      add(all, LENGTH, ", n = " + n, Map.of(QP, n, QCP, n, FCP, n));
    }
    add(all, PROMPTS, " without QP, so without exchange", Map.of(PAIRS, "none"));
    add(all, PROMPTS, " without QCP", Map.of(QCP, 0));
    add(all, PROMPTS, " without FCP", Map.of(FCP, 0));
    String other = base.settings().get("head").equals("joint") ? "averaged" : "joint";
    add(all, HEAD, ", " + other + " head", Map.of("head", other));
    for (Pair off : base.settings().get(PAIRS).equals("all") ? pairs() : List.<Pair>of()) {
      List<String> rest = pairs().stream().filter(p -> !p.equals(off)).map(Pair::toString).toList();
      add(
          all,
          EXCHANGE,
          " without " + off.from + " → " + off.to,
          Map.of(PAIRS, String.join(",", rest)));
    }
    return all;
  }

  /**
   * What the base has in a table, as a remark beside its name.
   *
   * @param table one of the names above
   */
  public static String remark(String table, Variant base) {
    return switch (table) {
      case LAYERS -> " (F = " + base.settings().get(F) + ")";
      case LENGTH -> " (n = " + base.settings().get(QP) + ")";
      case HEAD -> " (" + base.settings().get("head") + " head)";
      default -> "";
    };
  }

  /** What a table is sorted by; the same for all variants where it is not sorted. */
  public static int order(String table, Variant variant) {
    Object by =
        switch (table) {
          case LAYERS -> variant.settings().get(F);
          case LENGTH -> variant.settings().get(QP);
          default -> 0;
        };
    return ((Number) by).intValue();
  }

  private void add(List<Variant> all, String table, String suffix, Map<String, Object> changes) {
    Map<String, Object> settings = new LinkedHashMap<>(base.settings());
    settings.putAll(changes);
    if (!settings.equals(base.settings())) {
      all.add(
          new Variant(
              base.name() + suffix,
              table,
              base.method(),
              base.tuning(),
              base.encoders(),
              settings,
              base.training(),
              base.encoderLearningRate(),
              base.cached()));
    }
  }

  private List<Pair> pairs() {
    List<Pair> pairs = new ArrayList<>();
    for (String x : base.encoders()) {
      for (String y : base.encoders()) {
        if (!x.equals(y)) {
          pairs.add(new Pair(x, y));
        }
      }
    }
    return pairs;
  }

  private record Pair(String from, String to) {
    @Override
    public String toString() {
      return from + ">" + to;
    }
  }
}
