package org.pmf4j.modalities.text;

import java.nio.file.Path;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.modality.Pretraining.MaskedTokens;
import org.pmf4j.modalities.directory.EncoderDirectory;

/** Which tokens of a text may be hidden and guessed: all but the special ones. */
final class MaskedWordPieces implements MaskedTokens {
  @Override
  public String input() {
    return TextPreprocessor.IDS;
  }

  @Override
  public Vocabulary vocabulary(Path directory) {
    EncoderDirectory encoder = new EncoderDirectory(directory);
    int size =
        encoder.require("config.json", "this is no encoder's directory").size("vocab_size", 30522);
    TokenizerFile tokenizer = TokenizerFile.read(encoder);
    String mask = SpecialTokens.spelling(tokenizer.settings(), "mask_token", "[MASK]");
    int id =
        tokenizer
            .id(mask)
            .orElseThrow(
                () -> PmfException.input(tokenizer.source() + ": there is no token " + mask));
    return new Vocabulary(size, id, tokenizer.specialIds());
  }
}
