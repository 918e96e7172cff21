package org.pmf4j.hub.fetch;

import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.hub.HubModel;

/**
 * What the hub tells of a file before it is fetched. Immutable, so that any number of threads may
 * share it.
 *
 * @param name in the model
 * @param etag its hash, 40 or 64 hexadecimal digits, by which the cache calls it
 * @param size in bytes, where it is told
 */
record RemoteFile(String name, String etag, OptionalLong size) {
  /** The hash of a large file, beside the redirect to where it lies. */
  static final String LINKED_ETAG = "X-Linked-Etag";

  private static final String LINKED_SIZE = "X-Linked-Size";
  private static final String COMMIT = "X-Repo-Commit";
  private static final Pattern HASH = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");

  /**
   * Reads the headers of an answer.
   *
   * @param model at its commit
   * @param answer to a HEAD of the file
   * @throws PmfException if it is not the hub's, or gives no hash to check the file by
   */
  static RemoteFile of(HubModel model, String name, Answer answer) {
    String commit = answer.header(COMMIT).orElse("");
    if (!commit.equals(model.revision())) {
      throw PmfException.environment(
          answer.address().getHost()
              + (commit.isEmpty()
                  ? ": answers as no hub does (without " + COMMIT + ")"
                  : ": answers with the file of another commit")
              + "; is HF_ENDPOINT right, and is this machine logged in to its network?",
          null);
    }
    String told = answer.header(LINKED_ETAG).or(() -> answer.header("ETag")).orElse("");
    String etag = plain(told);
    if (!HASH.matcher(etag).matches()) {
      throw PmfException.environment(
          answer.address().getHost()
              + ": gives no hash of "
              + name
              + ", so that it cannot be checked; is HF_ENDPOINT right?",
          null);
    }
    OptionalLong linked = answer.count(LINKED_SIZE);
    boolean own = linked.isEmpty() && !answer.isRedirect();
    return new RemoteFile(name, etag, own ? answer.count("Content-Length") : linked);
  }

  /** {@code "abc"} and {@code W/"abc"} are both {@code abc}. */
  private static String plain(String etag) {
    return etag.replaceFirst("^W/", "").replaceFirst("^\"(.*)\"$", "$1");
  }
}
