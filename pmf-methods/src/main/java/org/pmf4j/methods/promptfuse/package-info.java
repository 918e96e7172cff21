/**
 * PromptFuse (Liang et al., Findings of ACL 2022): a frozen main encoder reads the other encoders'
 * outputs and a few trained prompts beside its own tokens.
 */
package org.pmf4j.methods.promptfuse;
