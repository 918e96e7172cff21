package org.pmf4j.core.pytorch;

import java.util.Map;

/**
 * What one file holds.
 *
 * @param root what was saved
 * @param positions of the storages' first bytes in the file, by key
 * @param bigEndian true if numbers of more than a byte begin with the largest part
 */
record Checkpoint(Object root, Map<String, Long> positions, boolean bigEndian) {}
