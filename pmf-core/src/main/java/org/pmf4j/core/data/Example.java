package org.pmf4j.core.data;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.pmf4j.api.error.ErrorKind;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.error.Quote;
import org.pmf4j.api.modality.Preprocessor;
import org.pmf4j.api.modality.Source;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Named;

/**
 * One row of a table, or values that came alone. Immutable, so that any number of threads may share
 * it.
 *
 * @param place where it stands, for messages, such as {@code train.csv row 7 (line 8)}
 * @param sources by modality; what is missing is absent
 * @param label what its label cell says, if it has one
 * @param columns that these were read from, for messages
 */
public record Example(
    String place, Map<String, Source> sources, Optional<Label> label, Columns columns) {
  private static final String ALONE = "the example";

  /** Copies the map. */
  public Example {
    sources = Collections.unmodifiableMap(new LinkedHashMap<>(sources));
  }

  /** An example whose columns are called as what reads them. */
  public Example(String place, Map<String, Source> sources, Optional<Label> label) {
    this(place, sources, label, Columns.DEFAULT);
  }

  /** Values that came without a table. */
  public static Example of(Map<String, Source> sources) {
    return new Example(ALONE, sources, Optional.empty());
  }

  /** The value of one modality; empty where it is missing. */
  public Optional<Source> source(String modality) {
    return Optional.ofNullable(sources.get(modality));
  }

  /**
   * The value of one modality.
   *
   * @throws PmfException if it is missing
   */
  public Source requireSource(String modality) {
    return source(modality).orElseThrow(() -> PmfException.input(place + ": no " + modality));
  }

  /**
   * Prepares the value of one modality: the only way to a preprocessor, so that whatever is found
   * wrong at any time is told with its place.
   *
   * @throws PmfException naming the place, if the value is missing or cannot be prepared
   */
  public Named<HostTensor> prepare(String modality, Preprocessor preprocessor) {
    Source source = requireSource(modality);
    try {
      return preprocessor.prepare(source instanceof Source.Stored kept ? kept.read() : source);
    } catch (PmfException e) {
      throw at(modality, e);
    }
  }

  /** What was found wrong with the value of one modality, with its place where it is bad input. */
  public PmfException at(String modality, PmfException e) {
    return e.kind() == ErrorKind.INPUT
        ? PmfException.input(cell(modality) + ": " + e.getMessage(), e)
        : e;
  }

  /** Where the value of one modality stands. */
  String cell(String modality) {
    return place.equals(ALONE)
        ? place + ", " + modality
        : place + ", column " + columns.shown(modality);
  }

  /** Where the label stands. */
  String labelCell() {
    return place + ", column " + Quote.name(columns.label());
  }

  /** What was found wrong with the label, with its place where it is bad input. */
  PmfException atLabel(PmfException e) {
    return e.kind() == ErrorKind.INPUT
        ? PmfException.input(labelCell() + ": " + e.getMessage(), e)
        : e;
  }

  /** This example as if some modalities were missing. */
  public Example without(Set<String> modalities) {
    Map<String, Source> rest = new LinkedHashMap<>(sources);
    rest.keySet().removeAll(modalities);
    return new Example(place, rest, label, columns);
  }

  /**
   * The label.
   *
   * @throws PmfException if there is none
   */
  public Label requireLabel() {
    return label.orElseThrow(() -> PmfException.input(place + ": no label"));
  }
}
