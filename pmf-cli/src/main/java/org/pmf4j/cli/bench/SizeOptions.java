package org.pmf4j.cli.bench;

import org.pmf4j.bench.speed.Sizes;
import picocli.CommandLine.Option;

/** Sizes of the work, which are those of ViT-base and BERT-base where nothing is said. */
final class SizeOptions {
  @Option(
      names = "--width",
      paramLabel = "N",
      description = "width of both encoders (default: ${DEFAULT-VALUE})")
  private int width = Sizes.BASE.width();

  @Option(
      names = "--depth",
      paramLabel = "N",
      description = "layers of both encoders (default: ${DEFAULT-VALUE})")
  private int depth = Sizes.BASE.depth();

  @Option(
      names = "--heads",
      paramLabel = "N",
      description = "attention heads of both encoders (default: ${DEFAULT-VALUE})")
  private int heads = Sizes.BASE.heads();

  @Option(
      names = "--mlp",
      paramLabel = "N",
      description = "hidden width of their MLPs (default: 4 times the width)")
  private Integer mlp;

  @Option(
      names = "--image-tokens",
      paramLabel = "N",
      description = "CLS and patches of a picture: a square and 1 (default: ${DEFAULT-VALUE})")
  private int imageTokens = Sizes.BASE.imageTokens();

  @Option(
      names = "--text-tokens",
      paramLabel = "N",
      description = "tokens of the longest text of a batch (default: ${DEFAULT-VALUE})")
  private int textTokens = Sizes.BASE.textTokens();

  @Option(
      names = "--vocabulary",
      paramLabel = "N",
      description = "words of the text encoder (default: ${DEFAULT-VALUE})")
  private int vocabulary = Sizes.BASE.vocabulary();

  @Option(
      names = "--classes",
      paramLabel = "N",
      description = "classes (default: ${DEFAULT-VALUE})")
  private int classes = Sizes.BASE.classes();

  @Option(
      names = "--batch",
      paramLabel = "N",
      description = "samples of a batch (default: ${DEFAULT-VALUE})")
  private int batch = Sizes.BASE.batch();

  @Option(
      names = "--fusion-layers",
      paramLabel = "N",
      description = "last layers that are fused (default: ${DEFAULT-VALUE})")
  private int fusionLayers = Sizes.BASE.fusionLayers();

  @Option(
      names = "--prompts",
      paramLabel = "N",
      description = "length of each prompt (default: ${DEFAULT-VALUE})")
  private int prompts = Sizes.BASE.prompts();

  /** The sizes, checked. */
  Sizes sizes() {
    return new Sizes(
        width,
        depth,
        heads,
        mlp == null ? 4 * width : mlp,
        imageTokens,
        textTokens,
        vocabulary,
        classes,
        batch,
        fusionLayers,
        prompts);
  }
}
