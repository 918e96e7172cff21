package org.pmf4j.hub;

import java.util.Arrays;
import java.util.regex.Pattern;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.error.Quote;

/**
 * A model of the hub at one of its revisions, in its own folder or in one below. Immutable, so that
 * any number of threads may share it.
 *
 * @param repo {@code org/name}, or {@code name} alone for one of the first models
 * @param revision a branch, a tag, or a commit; {@value #USUAL_REVISION} where none is named
 * @param folder where its files are: empty, or names with slashes between them
 */
public record HubModel(String repo, String revision, String folder) {
  /** What the name of a model of the hub begins with where a directory may stand too. */
  public static final String PREFIX = "hf:";

  /** The revision where none is named. */
  public static final String USUAL_REVISION = "main";

  /** Stands before the folder; no revision of git has it. */
  private static final String INTO = "//";

  private static final int LONGEST_REPO = 96;
  private static final int LONGEST_REVISION = 200;
  private static final Pattern PART = Pattern.compile("[A-Za-z0-9_]([A-Za-z0-9._-]*[A-Za-z0-9_])?");
  private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");
  private static final Pattern REVISION_PART =
      Pattern.compile("[A-Za-z0-9_+=#%^@!~-][^\\x00-\\x20\\x7f\\\\:*?\"<>|]*");

  /**
   * Takes over names that can be such.
   *
   * @throws PmfException if the hub can have no model, revision or folder of that name
   */
  public HubModel {
    if (!isRepo(repo)) {
      throw PmfException.usage(
          Quote.value(repo)
              + " is no name of a model of the hub; such as google/vit-base-patch16-224 or"
              + " google-bert/bert-base-uncased@main is");
    }
    if (!isRevision(revision)) {
      throw PmfException.usage(
          Quote.value(revision) + " is no revision; a branch, a tag or a commit is");
    }
    if (!folder.isEmpty() && !FileNames.isInside(folder)) {
      throw PmfException.usage(
          Quote.value(folder)
              + " is no folder of a model; such as text_encoder or models/small is");
    }
  }

  /**
   * A model in its own folder.
   *
   * @throws PmfException if the hub can have no model or revision of that name
   */
  public HubModel(String repo, String revision) {
    this(repo, revision, "");
  }

  /**
   * Reads a name.
   *
   * @param name {@code org/name} or {@code org/name@revision}, either with {@code //folder} behind
   *     it or not, with {@code hf:} before it or not
   * @throws PmfException if the hub can have no model, revision or folder of that name
   */
  public static HubModel parse(String name) {
    String plain = isName(name) ? name.substring(PREFIX.length()) : name;
    int into = plain.indexOf(INTO);
    if (into >= 0 && into + INTO.length() == plain.length()) {
      throw PmfException.usage(Quote.value(plain) + " names no folder behind //; leave // out");
    }
    String model = into < 0 ? plain : plain.substring(0, into);
    String folder = into < 0 ? "" : plain.substring(into + INTO.length());
    int at = model.indexOf('@');
    return at < 0
        ? new HubModel(model, USUAL_REVISION, folder)
        : new HubModel(model.substring(0, at), model.substring(at + 1), folder);
  }

  /** True for what names a model of the hub, and no directory: {@code hf:…}. */
  public static boolean isName(String text) {
    return text.startsWith(PREFIX);
  }

  /** True if the revision is a whole commit hash, which stands for the same files for ever. */
  public boolean isCommit() {
    return isCommit(revision);
  }

  /** True for 40 hexadecimal digits in lower case. */
  public static boolean isCommit(String text) {
    return COMMIT.matcher(text).matches();
  }

  /** The same model at a commit. */
  public HubModel at(String commit) {
    return new HubModel(repo, commit, folder);
  }

  /** The same model in another of its folders. */
  public HubModel in(String other) {
    return new HubModel(repo, revision, other);
  }

  /** What the hub calls a file of the model's folder. */
  public String file(String name) {
    return folder.isEmpty() ? name : folder + "/" + name;
  }

  private static boolean isRepo(String repo) {
    String[] parts = repo.split("/", -1);
    return repo.length() <= LONGEST_REPO
        && parts.length <= 2
        && Arrays.stream(parts).allMatch(p -> PART.matcher(p).matches())
        && !repo.contains("--")
        && !repo.contains("..")
        && !repo.endsWith(".git");
  }

  /** What git takes as a reference and every file system as names, and leads nowhere else. */
  private static boolean isRevision(String revision) {
    return revision.length() <= LONGEST_REVISION
        && !revision.contains("..")
        && Arrays.stream(revision.split("/", -1)).allMatch(p -> REVISION_PART.matcher(p).matches());
  }

  /** The name as {@link #parse} reads it, without {@code hf:}. */
  @Override
  public String toString() {
    String model = revision.equals(USUAL_REVISION) ? repo : repo + "@" + revision;
    return folder.isEmpty() ? model : model + INTO + folder;
  }
}
