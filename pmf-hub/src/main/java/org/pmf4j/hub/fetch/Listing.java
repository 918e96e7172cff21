package org.pmf4j.hub.fetch;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.pmf4j.api.encoder.EncoderConfig;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.error.Quote;
import org.pmf4j.api.error.Quoted;
import org.pmf4j.hub.FileNames;
import org.pmf4j.hub.HubModel;

/**
 * What the hub says that a revision is: a commit, and the names of its files. Immutable, so that
 * any number of threads may share it.
 *
 * @param commit 40 hexadecimal digits
 * @param files names with slashes between folders, all of which stay in the model's folder
 */
record Listing(String commit, Set<String> files) {

  /** Takes over an immutable copy. */
  Listing {
    files = Set.copyOf(files);
  }

  /**
   * Reads the answer of {@code /api/models/ORG/NAME/revision/REVISION}.
   *
   * @param model for messages
   * @param host that answered, for messages
   * @param json its answer
   * @throws PmfException if it is no such answer, or a name leads out of the model's folder
   */
  static Listing parse(HubModel model, String host, String json) {
    EncoderConfig answer = EncoderConfig.parse(host + ": the list of " + model, json);
    String commit = answer.text("sha", "");
    if (!HubModel.isCommit(commit)) {
      throw answer.wrong("sha", "a commit", Quoted.of(commit));
    }
    if (!(answer.values().get("siblings") instanceof List<?> siblings)) {
      throw answer.wrong("siblings", "a list of files", answer.values().get("siblings"));
    }
    Set<String> files = new LinkedHashSet<>();
    for (Object sibling : siblings) {
      Object name = sibling instanceof Map<?, ?> entry ? entry.get("rfilename") : null;
      if (!(name instanceof String file)) {
        throw answer.wrong("siblings", "a list of objects with \"rfilename\"", sibling);
      }
      if (!FileNames.isInside(file)) {
        throw PmfException.input(
            model
                + ": lists a file "
                + Quote.value(file)
                + ", which would not stay in the model's folder; such a model is not fetched");
      }
      files.add(file);
    }
    return new Listing(commit, files);
  }
}
