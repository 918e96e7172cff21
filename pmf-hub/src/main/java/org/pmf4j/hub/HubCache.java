package org.pmf4j.hub;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.pmf4j.api.encoder.EncoderConfig;
import org.pmf4j.api.error.PmfException;

/**
 * The hub's cache on this machine, in the layout of Python's huggingface_hub: in {@code
 * models--org--name} lie {@code blobs} (files by their hashes), {@code refs} (a file for each
 * branch or tag that was asked for, which holds its commit), {@code snapshots} (a folder for each
 * commit, whose files are links to blobs, or copies where there are no links), {@code .no_exist}
 * (empty files for those that a commit is known not to have) and {@code trees} (a list of all files
 * of a commit, which newer releases keep). Immutable, so that any number of threads may share it.
 *
 * @param root the folder of all models
 */
public record HubCache(Path root) {
  private static final String MODELS = "models--";
  private static final String BETWEEN = "--";
  private static final int COMMIT_LENGTH = 40;
  private static final Pattern SNAPSHOT =
      Pattern.compile(
          "(.*/)?"
              + MODELS
              + "(?<name>[^/]*)/snapshots/(?<commit>[0-9a-f]{"
              + COMMIT_LENGTH
              + "})(?:/(?<folder>.*?))?/?");
  private static final long LARGEST_TREE = 256L << 20;

  /** The folder of a model. */
  public Path folder(String repo) {
    return root.resolve(folderName(repo));
  }

  /** The folder of a model's locks. */
  public Path locks(String repo) {
    return root.resolve(".locks").resolve(folderName(repo));
  }

  private static String folderName(String repo) {
    return MODELS + repo.replace("/", BETWEEN);
  }

  /** Where a model's files of a commit are, whether they are there or not. */
  public Path snapshot(String repo, String commit) {
    return folder(repo).resolve("snapshots").resolve(commit);
  }

  /** Where the files of a model's folder are at a commit, whether they are there or not. */
  public Path directory(HubModel model, String commit) {
    return snapshot(model.repo(), commit).resolve(model.folder());
  }

  /** The file that holds the commit of a branch or tag. */
  public Path ref(HubModel model) {
    return folder(model.repo()).resolve("refs").resolve(model.revision());
  }

  /** The empty file that stands for a file which a commit does not have. */
  public Path absence(String repo, String commit, String file) {
    return folder(repo).resolve(".no_exist").resolve(commit).resolve(file);
  }

  /** The commit that a revision was when it was last asked for, if it ever was. */
  public Optional<String> commit(HubModel model) {
    if (model.isCommit()) {
      return Optional.of(model.revision());
    }
    Path ref = ref(model);
    try {
      return Files.isRegularFile(ref) && Files.size(ref) <= 2 * COMMIT_LENGTH
          ? Optional.of(Files.readString(ref).strip()).filter(HubModel::isCommit)
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Where the files of a model's folder are, if some are there. */
  public Optional<Path> find(HubModel model) {
    return commit(model).map(c -> directory(model, c)).filter(Files::isDirectory);
  }

  /**
   * True if a commit is known not to have a file, because the hub has said so before.
   *
   * @param file its name in the model
   */
  public boolean isKnownAbsent(String repo, String commit, String file) {
    return Files.exists(absence(repo, commit, file)) || treeLacks(repo, commit, file);
  }

  private boolean treeLacks(String repo, String commit, String file) {
    Path tree = folder(repo).resolve("trees").resolve(commit + ".json");
    if (!Files.isRegularFile(tree)) {
      return false;
    }
    try {
      EncoderConfig list = EncoderConfig.read(tree, LARGEST_TREE);
      boolean known = list.values().get("format_version") instanceof Number n && n.intValue() == 1;
      return known && list.object("files").map(files -> !files.has(file)).orElse(false);
    } catch (PmfException e) {
      return false; // another program's file, of which nothing is known then
    }
  }

  /**
   * The model whose snapshot, or a folder in it, a path leads to, told by the path alone: {@code
   * …/models--org--name/snapshots/COMMIT/folder}.
   *
   * @param path of this or another machine, whether there is something or not
   */
  public static Optional<HubModel> modelOf(String path) {
    Matcher found = SNAPSHOT.matcher(path.replace('\\', '/'));
    if (!found.matches()) {
      return Optional.empty();
    }
    try {
      String repo = found.group("name").replaceFirst(BETWEEN, "/");
      String folder = Optional.ofNullable(found.group("folder")).orElse("");
      return Optional.of(new HubModel(repo, found.group("commit"), folder));
    } catch (PmfException e) {
      return Optional.empty();
    }
  }
}
