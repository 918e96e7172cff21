package org.pmf4j.hub.fetch;

import java.nio.file.Path;
import java.util.Optional;
import org.pmf4j.hub.HubModel;

/**
 * A model that is in the cache now, with all files that an encoder needs. Immutable, so that any
 * number of threads may share it.
 *
 * @param model as it was asked for
 * @param commit what its revision is
 * @param directory where its files are, an encoder's directory
 * @param bytes how many were fetched for it now; 0 if all of it was there
 * @param unasked why the hub could not be asked what the revision is today, so that the cache's
 *     last answer stands; empty if it was asked, or need not be
 */
public record Fetched(
    HubModel model, String commit, Path directory, long bytes, Optional<String> unasked) {}
