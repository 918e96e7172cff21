package org.pmf4j.modalities.audio.feature;

/**
 * Which samples a front end takes. Immutable, so that any number of threads may share it.
 *
 * @param rate per second
 * @param most samples of a clip, above 0
 * @param cuts true if it passes over what comes after them, false if longer clips are refused
 */
public record Demand(int rate, int most, boolean cuts) {}
