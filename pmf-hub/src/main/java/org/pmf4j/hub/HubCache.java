package org.pmf4j.hub;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
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

  /** Where a model's files are, if some are there. */
  public Optional<Path> find(HubModel model) {
    return commit(model).map(c -> snapshot(model.repo(), c)).filter(Files::isDirectory);
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
   * The model whose snapshot a path leads to, told by the path alone: {@code
   * …/models--org--name/snapshots/COMMIT}.
   *
   * @param path of this or another machine, whether there is something or not
   */
  public static Optional<HubModel> modelOf(String path) {
    String[] names = path.replace('\\', '/').split("/");
    int end = names.length;
    if (end < 3 || !names[end - 2].equals("snapshots") || !HubModel.isCommit(names[end - 1])) {
      return Optional.empty();
    }
    String folder = names[end - 3];
    if (!folder.startsWith(MODELS)) {
      return Optional.empty();
    }
    try {
      String repo = folder.substring(MODELS.length()).replaceFirst(BETWEEN, "/");
      return Optional.of(new HubModel(repo, names[end - 1]));
    } catch (PmfException e) {
      return Optional.empty();
    }
  }
}
