package org.pmf4j.core.trunk;

import java.nio.file.Path;
import java.time.Instant;

/**
 * A folder of trunk outputs of one encoder, cut at one layer, as it is found on the disk.
 * Immutable, so that any number of threads may share it.
 *
 * @param folder where it is
 * @param encoder the directory that the encoder was last read from, or its model type where that is
 *     not told
 * @param entries number of samples
 * @param bytes of all files
 * @param made when the oldest entry was written
 * @param used when a run last began to use it, or wrote an entry
 */
public record TrunkCache(
    Path folder, String encoder, long entries, long bytes, Instant made, Instant used) {}
