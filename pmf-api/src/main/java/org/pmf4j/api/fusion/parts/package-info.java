/**
 * Building blocks of fusion methods: linear layers that are trained, and the ways in which tokens
 * go through an encoder's layers – alone, with companions whose outputs go on as well, or beside
 * prompts that only inform them.
 *
 * @since API version 2
 */
@Experimental
package org.pmf4j.api.fusion.parts;

import org.pmf4j.api.plugin.Experimental;
