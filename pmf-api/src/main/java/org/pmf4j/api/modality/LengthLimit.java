package org.pmf4j.api.modality;

import java.util.function.Predicate;

/**
 * The bound on the length of prepared samples, where what is longer is cut. Immutable, so that any
 * number of threads may share it.
 *
 * @param samples what is cut, in the plural, such as {@code texts}
 * @param longest the greatest length, as {@link Preprocessor#length} gives it
 * @param unit what it counts, in the plural, such as {@code tokens}
 * @param setting the setting of the modality by which it is chosen
 * @param most the greatest value that the setting may have with this encoder
 * @param cut whether preparing cuts a source; asked by several threads at once
 * @since API version 2
 */
public record LengthLimit(
    String samples, int longest, String unit, String setting, int most, Predicate<Source> cut) {}
