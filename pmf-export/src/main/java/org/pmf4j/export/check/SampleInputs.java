package org.pmf4j.export.check;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.error.Quote;
import org.pmf4j.api.modality.LengthLimit;
import org.pmf4j.api.modality.Preprocessor;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Shape;
import org.pmf4j.core.data.Example;
import org.pmf4j.core.encoder.LoadedEncoder;
import org.pmf4j.export.graph.ModalityInputs;

/**
 * What encoders take, as their preprocessing makes it of rows. Immutable, so that any number of
 * threads may share it.
 *
 * @param inputs by modality
 * @param lengths by modality, how long samples may be
 * @param most by modality, the greatest length that its encoder takes, where that is known
 */
public record SampleInputs(
    Map<String, ModalityInputs> inputs, Map<String, Long> lengths, Map<String, Integer> most) {
  /** Copies the maps. */
  public SampleInputs {
    inputs = new LinkedHashMap<>(inputs);
    lengths = new LinkedHashMap<>(lengths);
    most = Map.copyOf(most);
  }

  /**
   * Looks at rows, each modality of which is prepared alone.
   *
   * @param modalities whose inputs are wanted
   * @param rows of which each of these occurs in one at least
   * @throws PmfException naming a row that cannot be read, or a modality that no row has
   */
  public static SampleInputs of(
      Named<LoadedEncoder> encoders, Set<String> modalities, List<Example> rows) {
    Map<String, ModalityInputs> inputs = new LinkedHashMap<>();
    Map<String, Long> lengths = new LinkedHashMap<>();
    Map<String, Integer> most = new LinkedHashMap<>();
    for (String m : modalities) {
      Preprocessor preprocessor = encoders.get(m).preprocessor();
      List<Named<HostTensor>> batches = prepared(m, preprocessor, rows);
      ModalityInputs in = ModalityInputs.of(m, batches);
      inputs.put(m, in);
      lengths.put(m, longest(in, preprocessor, batches));
      preprocessor.lengthLimit().ifPresent(limit -> most.put(m, limit.most()));
    }
    return new SampleInputs(inputs, lengths, most);
  }

  private static List<Named<HostTensor>> prepared(
      String modality, Preprocessor preprocessor, List<Example> rows) {
    List<Named<HostTensor>> batches = new ArrayList<>();
    for (Example row : rows) {
      if (row.source(modality).isPresent()) {
        batches.add(preprocessor.collate(List.of(row.prepare(modality, preprocessor))));
      }
    }
    if (batches.isEmpty()) {
      throw PmfException.input(
          "--data: no row has " + Quote.name(modality) + ", whose inputs must be seen once");
    }
    return batches;
  }

  /** What preprocessing cuts to, else the longest of these. */
  private static long longest(
      ModalityInputs in, Preprocessor preprocessor, List<Named<HostTensor>> batches) {
    OptionalLong limit =
        preprocessor
            .lengthLimit()
            .map(LengthLimit::longest)
            .map(OptionalLong::of)
            .orElse(OptionalLong.empty());
    return limit.orElseGet(() -> batches.stream().mapToLong(in::lengthOf).max().orElseThrow());
  }

  /**
   * The same with some lengths fixed.
   *
   * @param chosen by modality
   * @throws PmfException of the kind USAGE naming one that is unknown or has no length
   */
  public SampleInputs fixing(Map<String, Long> chosen) {
    Map<String, ModalityInputs> fixed = new LinkedHashMap<>(inputs);
    Map<String, Long> all = new LinkedHashMap<>(lengths);
    chosen.forEach(
        (m, length) -> {
          ModalityInputs in = inputs.get(m);
          if (in == null) {
            throw PmfException.usage(
                "--length: no graph takes "
                    + Quote.value(m)
                    + "; they take "
                    + String.join(", ", inputs.keySet()));
          }
          if (length < 1 || !in.hasLength()) {
            throw PmfException.usage(
                in.hasLength()
                    ? "--length " + m + "=" + length + ": must be 1 or more"
                    : "--length: all samples of " + m + " have one shape");
          }
          if (length > most.getOrDefault(m, Integer.MAX_VALUE)) {
            throw PmfException.usage(
                "--length " + m + "=" + length + ": its encoder takes " + most.get(m) + " at most");
          }
          fixed.put(m, in.ofLength(length));
          all.put(m, length);
        });
    return new SampleInputs(fixed, all, most);
  }

  /**
   * The rows that are no longer than fixed lengths have it.
   *
   * @param rows of which each has all modalities
   * @throws PmfException of the kind USAGE, if there is none
   */
  public List<Example> fitting(Named<LoadedEncoder> encoders, List<Example> rows) {
    List<Example> some = rows.stream().filter(row -> fits(encoders, row)).toList();
    if (some.isEmpty()) {
      throw PmfException.usage(
          "--length: too short for any of the rows that are made up; give a larger one, or --data");
    }
    return some;
  }

  private boolean fits(Named<LoadedEncoder> encoders, Example row) {
    return inputs.values().stream()
        .filter(in -> in.length() != Shape.UNKNOWN)
        .allMatch(
            in -> {
              Preprocessor p = encoders.get(in.modality()).preprocessor();
              Named<HostTensor> alone = row.prepare(in.modality(), p);
              return in.lengthOf(p.collate(List.of(alone))) <= in.length();
            });
  }
}
