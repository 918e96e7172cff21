package org.pmf4j.bench.methods;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.file.AtomicFile;
import org.pmf4j.api.file.FileErrors;
import org.pmf4j.bench.json.JsonFile;
import org.pmf4j.bench.methods.plan.Cell;
import org.pmf4j.bench.methods.plan.Variant;
import org.pmf4j.bench.methods.result.CacheCost;
import org.pmf4j.bench.methods.result.CellResult;
import org.pmf4j.bench.methods.result.Definition;
import org.pmf4j.core.file.FolderLock;
import org.pmf4j.core.file.FolderRemoval;

/**
 * Where a comparison keeps what it has: {@code cells} with a file for each, {@code runs} with the
 * models in training, {@code cache} with trunk outputs and what they cost. Immutable, so that any
 * number of threads may share it.
 *
 * @param root the folder of all of them
 */
public record BenchFolder(Path root) {
  private static final String MARK = ".pmf-bench-methods";
  private static final String CELLS = "cells";
  private static final String RUNS = "runs";
  private static final String CACHE = "cache";

  /** What is done with cells that are there already. */
  public enum Existing {
    /** Those that are done are kept, those that are not are gone on with. */
    CONTINUE,
    /** All are measured anew. */
    OVERWRITE
  }

  /**
   * Makes a folder ready.
   *
   * @throws PmfException if it holds something else
   */
  public static BenchFolder claim(Path root, Existing existing) {
    BenchFolder folder = new BenchFolder(root);
    boolean marked = Files.exists(root.resolve(MARK));
    if (Files.exists(root) && !marked && !isEmpty(root)) {
      throw PmfException.usage(
          root + " is there already and holds no comparison of methods; choose another --out");
    }
    AtomicFile.createFolders(root);
    AtomicFile.write(root.resolve(MARK), "The files of pmf bench methods.\n");
    if (existing == Existing.OVERWRITE) {
      for (String name : List.of("methods.html", "methods.json", CELLS, RUNS, CACHE)) {
        FolderRemoval.remove(root.resolve(name));
      }
    }
    for (String name : List.of(CELLS, RUNS, CACHE)) {
      AtomicFile.createFolders(root.resolve(name));
    }
    return folder;
  }

  /** The folder of a cell's model. */
  public Path run(Cell cell) {
    return root.resolve(RUNS).resolve(cell.id());
  }

  /** The folder of all caches. */
  public Path cache() {
    return root.resolve(CACHE);
  }

  /** Where the result of a cell is kept. */
  public Path file(Cell cell) {
    return root.resolve(CELLS).resolve(cell.id() + ".json");
  }

  /**
   * The result of a cell, if it is done.
   *
   * @throws PmfException if there is one, but of something else under the same name
   */
  public Optional<CellResult> done(Cell cell, Definition definition) {
    if (!Files.exists(file(cell))) {
      return Optional.empty();
    }
    CellResult kept = JsonFile.read(file(cell), CellResult.class);
    if (kept.hasFailed()) {
      return Optional.empty();
    }
    String difference = definition.difference(kept.definition());
    if (difference != null) {
      throw PmfException.usage(
          String.format(
                  Locale.ROOT,
                  "%s was measured with another %s; choose another --out, or measure all anew with",
                  file(cell),
                  difference)
              + " --overwrite");
    }
    return Optional.of(kept);
  }

  /** Keeps the result of a cell. */
  public void keep(Cell cell, CellResult result) {
    JsonFile.write(file(cell), result);
  }

  /** What the cache of a variant has cost so far. */
  public Optional<CacheCost> cost(Variant variant) {
    Path file = costFile(variant);
    return Files.exists(file)
        ? Optional.of(JsonFile.read(file, CacheCost.class))
        : Optional.empty();
  }

  /** Keeps what the cache of a variant has cost. */
  public void keep(Variant variant, CacheCost cost) {
    JsonFile.write(costFile(variant), cost);
  }

  private Path costFile(Variant variant) {
    return cache().resolve(Cell.slug(variant.name()) + ".json");
  }

  /** Deletes the model of a cell: weights and checkpoints. */
  public void deleteRun(Cell cell) {
    FolderRemoval.remove(run(cell));
  }

  /** Deletes the checkpoints of a cell and leaves its model. */
  public void deleteCheckpoints(Cell cell) {
    FolderRemoval.remove(run(cell).resolve("checkpoints"));
  }

  private static boolean isEmpty(Path path) {
    if (!Files.isDirectory(path)) {
      return false;
    }
    try (Stream<Path> inside = Files.list(path)) {
      return inside.allMatch(FolderLock::isLockFile);
    } catch (IOException e) {
      throw FileErrors.cannotRead(path, e);
    }
  }
}
