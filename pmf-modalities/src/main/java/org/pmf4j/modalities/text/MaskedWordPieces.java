package org.pmf4j.modalities.text;

import java.nio.file.Path;
import org.pmf4j.api.encoder.EncoderConfig;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.modality.Pretraining.MaskedTokens;
import org.pmf4j.modalities.directory.ModelHalf;
import org.pmf4j.modalities.directory.SettingsFiles;

/** Which tokens of a text may be hidden and guessed: all but the special ones. */
final class MaskedWordPieces implements MaskedTokens {
  @Override
  public String input() {
    return TextPreprocessor.IDS;
  }

  @Override
  public Vocabulary vocabulary(Path directory) {
    SettingsFiles encoder = new SettingsFiles(directory);
    EncoderConfig config =
        ModelHalf.ofTexts(encoder.require("config.json", "this is no encoder's directory"));
    TokenizerFile file = TokenizerFile.read(encoder, config);
    String spelled = file.side().spelling("mask_token");
    String mask = spelled.isEmpty() ? "[MASK]" : spelled;
    int id =
        file.tokenizer()
            .id(mask)
            .orElseThrow(() -> PmfException.input(file.source() + ": there is no token " + mask));
    return new Vocabulary(config.size("vocab_size", 30522), id, file.tokenizer().specialIds());
  }
}
