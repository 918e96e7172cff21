/**
 * The prompts of PMF, by the names that the paper gives them. Three kinds are trained, and hold
 * their parameters: {@link org.pmf4j.api.fusion.prompt.QueryPrompt} and {@link
 * org.pmf4j.api.fusion.prompt.QueryContextPrompt} ask in the query stage, {@link
 * org.pmf4j.api.fusion.prompt.FusionContextPrompt} stands by in the fusion stage. The fourth, the
 * {@link org.pmf4j.api.fusion.prompt.FusionPrompt}, is what the query stage finds. All of them make
 * tokens, which enter a frozen layer beside its own.
 *
 * @since API version 2
 */
package org.pmf4j.api.fusion.prompt;
