package org.pmf4j.core.pmf;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.pmf4j.api.error.PmfException;

/**
 * The ordered pairs x → y of modalities of which x tells y something: the setting {@code pairs}.
 */
sealed interface Pairs {
  /** True if x tells y something. */
  boolean has(String x, String y);

  /**
   * Checks that there is nothing but these modalities.
   *
   * @throws PmfException naming a modality that the model does not have
   */
  void check(Collection<String> modalities);

  /** The text that {@link #of} reads. */
  String text();

  /**
   * Reads {@code all}, {@code none}, or pairs such as {@code image>text,audio>text}.
   *
   * @throws PmfException for anything else: no pair, a pair twice, a modality paired with itself
   */
  static Pairs of(String text) {
    if (text.equals(All.TEXT)) {
      return new All();
    }
    if (text.equals(None.TEXT)) {
      return new None();
    }
    Set<Pair> pairs = new LinkedHashSet<>();
    for (String part : text.split(",", -1)) {
      Pair pair = Pair.of(part.trim(), text);
      if (!pairs.add(pair)) {
        throw PmfException.usage("pairs names " + pair + " twice; name it once");
      }
    }
    return new Chosen(List.copyOf(pairs));
  }

  /** Every modality tells every other: the paper's. */
  record All() implements Pairs {
    static final String TEXT = "all";

    @Override
    public boolean has(String x, String y) {
      return !x.equals(y);
    }

    @Override
    public void check(Collection<String> modalities) {
      // Whatever there is.
    }

    @Override
    public String text() {
      return TEXT;
    }
  }

  /** No modality tells another: there are no query prompts and no fusion prompts. */
  record None() implements Pairs {
    static final String TEXT = "none";

    @Override
    public boolean has(String x, String y) {
      return false;
    }

    @Override
    public void check(Collection<String> modalities) {
      // Nothing is named.
    }

    @Override
    public String text() {
      return TEXT;
    }
  }

  /**
   * The pairs that were named.
   *
   * @param pairs one or more, all different
   */
  record Chosen(List<Pair> pairs) implements Pairs {
    @Override
    public boolean has(String x, String y) {
      return pairs.contains(new Pair(x, y));
    }

    @Override
    public void check(Collection<String> modalities) {
      Set<String> unknown = new TreeSet<>();
      for (Pair p : pairs) {
        unknown.add(p.from());
        unknown.add(p.to());
      }
      unknown.removeAll(modalities);
      if (!unknown.isEmpty()) {
        throw PmfException.usage(
            String.format(
                Locale.ROOT,
                "pairs names the unknown modality '%s'; there are: %s",
                unknown.iterator().next(),
                String.join(", ", modalities)));
      }
    }

    @Override
    public String text() {
      return pairs.stream().map(Pair::toString).collect(Collectors.joining(","));
    }
  }

  /**
   * x → y.
   *
   * @param from x
   * @param to y, another one
   */
  record Pair(String from, String to) {
    private static Pair of(String text, String all) {
      int arrow = text.indexOf('>');
      String from = arrow < 0 ? "" : text.substring(0, arrow).trim();
      String to = text.substring(arrow + 1).trim();
      if (from.isEmpty() || to.isEmpty()) {
        throw PmfException.usage(
            "pairs must be all, none, or pairs such as image>text,audio>text; got '" + all + "'");
      }
      if (from.equals(to)) {
        throw PmfException.usage("pairs names " + from + " with itself; name two modalities");
      }
      return new Pair(from, to);
    }

    @Override
    public String toString() {
      return from + ">" + to;
    }
  }
}
