<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr" sourcelanguage="en">
<context>
    <name>ActionEditor</name>
    <message>
        <source>Add an action</source>
        <translation>Ajouter une action</translation>
    </message>
</context>
<context>
    <name>ActionsPart</name>
    <message>
        <source>Show the signing key</source>
        <translation>Afficher la clé de signature</translation>
    </message>
    <message>
        <source>Signing key of web hooks</source>
        <translation>Clé de signature des webhooks</translation>
    </message>
    <message>
        <source>Actions</source>
        <translation>Actions</translation>
    </message>
    <message>
        <source>in this order</source>
        <translation>dans cet ordre</translation>
    </message>
</context>
<context>
    <name>AgentDialog</name>
    <message>
        <source>New agent</source>
        <translation>Nouvel agent</translation>
    </message>
    <message>
        <source>Edit {0}</source>
        <translation>Modifier {0}</translation>
    </message>
    <message>
        <source>Only when it was forgotten: it replaces hers.</source>
        <translation>Seulement s’il est oublié&#xa0;: il remplace le sien.</translation>
    </message>
    <message>
        <source>At least 10 characters; she can change it.</source>
        <translation>10 caractères au moins&#x202f;; l’agent peut le changer.</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nom</translation>
    </message>
    <message>
        <source>Name for signing in</source>
        <translation>Nom de connexion</translation>
    </message>
    <message>
        <source>E-mail</source>
        <translation>Courriel</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>Rôle</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Langue</translation>
    </message>
    <message>
        <source>Time zone</source>
        <translation>Fuseau horaire</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Mot de passe</translation>
    </message>
    <message>
        <source>New password</source>
        <translation>Nouveau mot de passe</translation>
    </message>
    <message>
        <source>Make the agent</source>
        <translation>Créer l’agent</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Enregistrer</translation>
    </message>
    <message>
        <source>Teams</source>
        <translation>Équipes</translation>
    </message>
</context>
<context>
    <name>AgentState</name>
    <message>
        <source>Offline</source>
        <translation>Hors ligne</translation>
    </message>
    <message>
        <source>Available</source>
        <translation>Disponible</translation>
    </message>
    <message>
        <source>Ringing</source>
        <translation>Ça sonne</translation>
    </message>
    <message>
        <source>On call</source>
        <translation>En appel</translation>
    </message>
    <message>
        <source>Wrap-up</source>
        <translation>Post-appel</translation>
    </message>
    <message>
        <source>Not ready</source>
        <translation>Indisponible</translation>
    </message>
</context>
<context>
    <name>AgentsPage</name>
    <message>
        <source>New agent</source>
        <translation>Nouvel agent</translation>
    </message>
    <message>
        <source>Filter agents</source>
        <translation>Filtrer les agents</translation>
    </message>
    <message>
        <source>Agents</source>
        <translation>Agents</translation>
    </message>
    <message>
        <source>Nobody is called so.</source>
        <translation>Personne ne s’appelle ainsi.</translation>
    </message>
    <message>
        <source>Disabled</source>
        <translation>Désactivé</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>Modifier</translation>
    </message>
    <message>
        <source>Edit {0}</source>
        <translation>Modifier {0}</translation>
    </message>
    <message>
        <source>Disable</source>
        <translation>Désactiver</translation>
    </message>
    <message>
        <source>Enable</source>
        <translation>Réactiver</translation>
    </message>
</context>
<context>
    <name>ApiPage</name>
    <message>
        <source>Integration</source>
        <translation>Intégration</translation>
    </message>
    <message>
        <source>Used</source>
        <translation>Utilisé</translation>
    </message>
    <message>
        <source>No program is let in.</source>
        <translation>Aucun programme n’a accès.</translation>
    </message>
    <message>
        <source>A token lets one program open, read and change what its scopes say, and nothing else.</source>
        <translation>Un jeton permet à un programme d’ouvrir, de lire et de modifier ce que ses droits indiquent, et rien d’autre.</translation>
    </message>
    <message>
        <source>API</source>
        <translation>API</translation>
    </message>
    <message>
        <source>New token</source>
        <translation>Nouveau jeton</translation>
    </message>
    <message>
        <source>Revoke</source>
        <translation>Révoquer</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Copier</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nom</translation>
    </message>
    <message>
        <source>It sees what this team sees, and opens cases with it unless it says otherwise.</source>
        <translation>Il voit ce que voit cette équipe et y ouvre les dossiers, sauf indication contraire.</translation>
    </message>
    <message>
        <source>What it may</source>
        <translation>Ce qu’il peut faire</translation>
    </message>
    <message>
        <source>Team</source>
        <translation>Équipe</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>Où</translation>
    </message>
    <message>
        <source>Copy it now. Only its fingerprint is kept: it is never shown again.</source>
        <translation>Copiez-le maintenant. Seule son empreinte est gardée&#xa0;: il ne sera plus jamais affiché.</translation>
    </message>
    <message>
        <source>The whole organisation</source>
        <translation>Toute l’organisation</translation>
    </message>
    <message>
        <source>Calls go to {root} with the token as “Authorization: Bearer …”. The document: {document}</source>
        <translation>Les appels vont à {root} avec le jeton dans «&#xa0;Authorization: Bearer …&#xa0;». Le document&#xa0;: {document}</translation>
    </message>
    <message>
        <source>Begins with {shown}….</source>
        <translation>Commence par {shown}….</translation>
    </message>
    <message>
        <source>Last used {when}.</source>
        <translation>Dernière utilisation&#xa0;: {when}.</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Copié</translation>
    </message>
    <message>
        <source>Read cases, follow-ups and teams</source>
        <translation>Lire les dossiers, les suivis et les équipes</translation>
    </message>
    <message>
        <source>Open and change cases, add follow-ups</source>
        <translation>Ouvrir et modifier des dossiers, ajouter des suivis</translation>
    </message>
    <message>
        <source>Read customers</source>
        <translation>Lire les clients</translation>
    </message>
    <message>
        <source>Make and change customers</source>
        <translation>Créer et modifier des clients</translation>
    </message>
    <message>
        <source>Raise events: an alarm opens a case with a team or sub-team</source>
        <translation>Signaler une alarme&#xa0;: un dossier s’ouvre dans une équipe</translation>
    </message>
    <message>
        <source>never</source>
        <translation>jamais</translation>
    </message>
</context>
<context>
    <name>AskChange</name>
    <message>
        <source>Ask for a change</source>
        <translation>Demander un changement</translation>
    </message>
    <message>
        <source>What should be different for your team, and why?</source>
        <translation>Qu’est-ce qui devrait être différent pour votre équipe, et pourquoi&#x202f;?</translation>
    </message>
    <message>
        <source>Your request</source>
        <translation>Votre demande</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>Envoyer</translation>
    </message>
    <message>
        <source>It goes to those who manage automations.</source>
        <translation>Elle va aux personnes qui gèrent les automatisations.</translation>
    </message>
</context>
<context>
    <name>Automation</name>
    <message>
        <source>A case is opened</source>
        <translation>Un dossier est ouvert</translation>
    </message>
    <message>
        <source>A case is changed</source>
        <translation>Un dossier est modifié</translation>
    </message>
    <message>
        <source>The customer writes</source>
        <translation>Le client écrit</translation>
    </message>
    <message>
        <source>We write to the customer</source>
        <translation>Nous écrivons au client</translation>
    </message>
    <message>
        <source>A call ends</source>
        <translation>Un appel se termine</translation>
    </message>
    <message>
        <source>A task comes due</source>
        <translation>Une tâche arrive à échéance</translation>
    </message>
    <message>
        <source>A service level is near its end</source>
        <translation>Un niveau de service approche de sa limite</translation>
    </message>
    <message>
        <source>A service level is broken</source>
        <translation>Un niveau de service est dépassé</translation>
    </message>
    <message>
        <source>Time, every hour</source>
        <translation>Temps, chaque heure</translation>
    </message>
    <message>
        <source>Time, in business hours</source>
        <translation>Temps, heures ouvrées</translation>
    </message>
    <message>
        <source>Set a field</source>
        <translation>Remplir un champ</translation>
    </message>
    <message>
        <source>Assign</source>
        <translation>Attribuer</translation>
    </message>
    <message>
        <source>Hand over to a team</source>
        <translation>Confier à une équipe</translation>
    </message>
    <message>
        <source>Add a tag</source>
        <translation>Ajouter une étiquette</translation>
    </message>
    <message>
        <source>Take a tag away</source>
        <translation>Retirer une étiquette</translation>
    </message>
    <message>
        <source>Reply from a template</source>
        <translation>Répondre avec un modèle</translation>
    </message>
    <message>
        <source>Tell a colleague</source>
        <translation>Prévenir un collègue</translation>
    </message>
    <message>
        <source>Make a task</source>
        <translation>Créer une tâche</translation>
    </message>
    <message>
        <source>Add a note</source>
        <translation>Ajouter une note</translation>
    </message>
    <message>
        <source>Move to a project</source>
        <translation>Mettre dans un projet</translation>
    </message>
    <message>
        <source>Call a web hook</source>
        <translation>Appeler un webhook</translation>
    </message>
    <message>
        <source>field</source>
        <translation>champ</translation>
    </message>
    <message>
        <source>assignment</source>
        <translation>attribution</translation>
    </message>
    <message>
        <source>hand-over</source>
        <translation>autre équipe</translation>
    </message>
    <message>
        <source>tag</source>
        <translation>étiquette</translation>
    </message>
    <message>
        <source>tag taken away</source>
        <translation>étiquette retirée</translation>
    </message>
    <message>
        <source>reply</source>
        <translation>réponse</translation>
    </message>
    <message>
        <source>notice</source>
        <translation>avis</translation>
    </message>
    <message>
        <source>task</source>
        <translation>tâche</translation>
    </message>
    <message>
        <source>note</source>
        <translation>note</translation>
    </message>
    <message>
        <source>project</source>
        <translation>projet</translation>
    </message>
    <message>
        <source>web hook</source>
        <translation>webhook</translation>
    </message>
    <message>
        <source>whose turn it is</source>
        <translation>à tour de rôle</translation>
    </message>
    <message>
        <source>who has the fewest</source>
        <translation>celui qui en a le moins</translation>
    </message>
    <message>
        <source>who did it</source>
        <translation>l’auteur de l’action</translation>
    </message>
    <message>
        <source>nobody</source>
        <translation>personne</translation>
    </message>
    <message>
        <source>the assigned agent</source>
        <translation>l’agent attribué</translation>
    </message>
    <message>
        <source>the whole team</source>
        <translation>toute l’équipe</translation>
    </message>
    <message>
        <source>the team’s leads</source>
        <translation>les responsables de l’équipe</translation>
    </message>
    <message>
        <source>It needs a name.</source>
        <translation>Il lui faut un nom.</translation>
    </message>
    <message>
        <source>It does nothing yet: add an action.</source>
        <translation>Elle ne fait encore rien&#xa0;: ajoutez une action.</translation>
    </message>
    <message>
        <source>It has more than {about} actions.</source>
        <translation>Elle a plus de {about} actions.</translation>
    </message>
    <message>
        <source>A type of case that it concerns is not there any more.</source>
        <translation>Un type de dossier concerné n’existe plus.</translation>
    </message>
    <message>
        <source>A field that it reads or sets is not there any more.</source>
        <translation>Un champ lu ou rempli n’existe plus.</translation>
    </message>
    <message>
        <source>A value that it sets is not there any more.</source>
        <translation>Une valeur à remplir n’existe plus.</translation>
    </message>
    <message>
        <source>A value that it sets does not fit its field.</source>
        <translation>Une valeur qu’elle donne ne convient pas à son champ.</translation>
    </message>
    <message>
        <source>The team that it hands cases to is not there any more.</source>
        <translation>L’équipe à qui elle confie les dossiers n’existe plus.</translation>
    </message>
    <message>
        <source>An agent whom it names is not there any more.</source>
        <translation>Un agent désigné n’est plus là.</translation>
    </message>
    <message>
        <source>The project is not there any more.</source>
        <translation>Le projet n’existe plus.</translation>
    </message>
    <message>
        <source>The template that it replies with is not there any more.</source>
        <translation>Le modèle de réponse n’existe plus.</translation>
    </message>
    <message>
        <source>A text cannot be filled in: {about}</source>
        <translation>Un texte ne peut pas être rempli&#xa0;: {about}</translation>
    </message>
    <message>
        <source>An action has no text.</source>
        <translation>Une action n’a pas de texte.</translation>
    </message>
    <message>
        <source>The web hook needs an address: https://…</source>
        <translation>Le webhook a besoin d’une adresse&#xa0;: https://…</translation>
    </message>
    <message>
        <source>Say when the task is due.</source>
        <translation>Indiquez l’échéance de la tâche.</translation>
    </message>
    <message>
        <source>By the clock nobody does anything: leave out who did it.</source>
        <translation>À heure fixe, personne n’agit&#xa0;: retirez la condition sur l’auteur.</translation>
    </message>
    <message>
        <source>It sets itself off again; the guard stops it.</source>
        <translation>Elle se redéclenche elle-même&#x202f;; la garde l’arrête.</translation>
    </message>
    <message>
        <source>The web hook does not answer in time; it is called again.</source>
        <translation>Le webhook ne répond pas à temps&#x202f;; il sera rappelé.</translation>
    </message>
    <message>
        <source>The web hook leads into a private network, which is not allowed.</source>
        <translation>Le webhook mène à un réseau privé, ce qui n’est pas autorisé.</translation>
    </message>
    <message>
        <source>the team’s automatic replies are switched off</source>
        <translation>les réponses automatiques de l’équipe sont désactivées</translation>
    </message>
    <message>
        <source>the team sends no mail</source>
        <translation>l’équipe n’envoie pas de courriel</translation>
    </message>
    <message>
        <source>the customer has no address</source>
        <translation>le client n’a pas d’adresse</translation>
    </message>
    <message>
        <source>it would have written to ourselves</source>
        <translation>elle nous aurait écrit à nous-mêmes</translation>
    </message>
    <message>
        <source>too many automatic mails within an hour</source>
        <translation>trop de courriels automatiques en une heure</translation>
    </message>
    <message>
        <source>a machine, a list or answered already</source>
        <translation>un robot, une liste, ou déjà répondu</translation>
    </message>
    <message>
        <source>the template is not there any more</source>
        <translation>le modèle n’existe plus</translation>
    </message>
    <message>
        <source>the field is not there any more</source>
        <translation>le champ n’existe plus</translation>
    </message>
    <message>
        <source>nobody is in the team</source>
        <translation>personne dans l’équipe</translation>
    </message>
    <message>
        <source>it would have set itself off</source>
        <translation>elle se serait redéclenchée</translation>
    </message>
    <message>
        <source>too many automations one after the other</source>
        <translation>trop d’automatisations à la suite</translation>
    </message>
    <message>
        <source>too often on this case within an hour</source>
        <translation>trop souvent sur ce dossier en une heure</translation>
    </message>
    <message>
        <source>Acknowledge a new case</source>
        <translation>Accuser réception d’un nouveau dossier</translation>
    </message>
    <message>
        <source>Wait on the customer after our reply</source>
        <translation>Attendre le client après notre réponse</translation>
    </message>
    <message>
        <source>Wait on the agent after the customer’s reply</source>
        <translation>Attendre l’agent après la réponse du client</translation>
    </message>
    <message>
        <source>Tell the assigned agent that the customer answered</source>
        <translation>Prévenir l’agent attribué que le client a répondu</translation>
    </message>
    <message>
        <source>Close solved cases after the time of their type</source>
        <translation>Fermer les dossiers résolus après le délai de leur type</translation>
    </message>
    <message>
        <source>anything</source>
        <translation>n’importe quoi</translation>
    </message>
    <message>
        <source>anything else</source>
        <translation>autre chose</translation>
    </message>
    <message>
        <source>somebody who is gone</source>
        <translation>quelqu’un qui n’est plus là</translation>
    </message>
    <message>
        <source>a template that is gone</source>
        <translation>un modèle supprimé</translation>
    </message>
    <message>
        <source>The web hook answered {0}; it is called again.</source>
        <translation>Le webhook a répondu {0}&#x202f;; il sera rappelé.</translation>
    </message>
    <message>
        <source>the customer wrote</source>
        <translation>le client a écrit</translation>
    </message>
    <message>
        <source>we wrote</source>
        <translation>nous avons écrit</translation>
    </message>
    <message>
        <source>a call</source>
        <translation>un appel</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>rien</translation>
    </message>
    <message>
        <source>Variables: {0}</source>
        <translation>Variables&#xa0;: {0}</translation>
    </message>
    <message>
        <source>everybody’s</source>
        <translation>pour tous</translation>
    </message>
</context>
<context>
    <name>AutomationsPage</name>
    <message>
        <source>Runs once per event, at most 20 times an hour on one case.</source>
        <translation>Une seule fois par événement, au plus 20 fois par heure et par dossier.</translation>
    </message>
    <message>
        <source>Parts</source>
        <translation>Parties</translation>
    </message>
    <message>
        <source>Time machine</source>
        <translation>Rejouer le passé</translation>
    </message>
    <message>
        <source>What is shown</source>
        <translation>Ce qui est affiché</translation>
    </message>
    <message>
        <source>It does not run, or not wholly.</source>
        <translation>Elle ne fonctionne pas, ou pas entièrement.</translation>
    </message>
    <message>
        <source>In 30 days: {0} done, {1} failed, {2} stopped by this guard.</source>
        <translation>En 30 jours&#xa0;: {0} fois faite, {1} échouée, {2} arrêtée par cette garde.</translation>
    </message>
</context>
<context>
    <name>AwayCard</name>
    <message numerus="yes">
        <source>%n thing(s) happened while you were away</source>
        <translation>
            <numerusform>%n chose s’est passée en votre absence</numerusform>
            <numerusform>%n choses se sont passées en votre absence</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>AwayDialog</name>
    <message>
        <source>To my work</source>
        <translation>Au travail</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>Plus tard</translation>
    </message>
    <message>
        <source>Each stands on its case as well.</source>
        <translation>Chacune figure aussi dans son dossier.</translation>
    </message>
    <message numerus="yes">
        <source>%n thing(s) happened while you were away</source>
        <translation>
            <numerusform>%n chose s’est passée en votre absence</numerusform>
            <numerusform>%n choses se sont passées en votre absence</numerusform>
        </translation>
    </message>
    <message>
        <source>and {0} more on your cases</source>
        <translation>et {0} de plus dans vos dossiers</translation>
    </message>
</context>
<context>
    <name>BehindPanel</name>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>Case</source>
        <translation>Dossier</translation>
    </message>
    <message>
        <source>Customer</source>
        <translation>Client</translation>
    </message>
    <message>
        <source>Measured</source>
        <translation>Mesuré</translation>
    </message>
    <message>
        <source>Behind this point</source>
        <translation>Derrière ce point</translation>
    </message>
    <message>
        <source>Nothing is behind it.</source>
        <translation>Il n’y a rien derrière.</translation>
    </message>
    <message>
        <source>{n} shown. Enter opens one.</source>
        <translation>Affichés&#xa0;: {n}. Entrée ouvre le dossier.</translation>
    </message>
    <message>
        <source>Reading…</source>
        <translation>Lecture…</translation>
    </message>
</context>
<context>
    <name>Board</name>
    <message>
        <source>Teams and agents</source>
        <translation>Équipes et agents</translation>
    </message>
    <message>
        <source>Hidden number</source>
        <translation>Numéro masqué</translation>
    </message>
    <message>
        <source>From {0}</source>
        <translation>De {0}</translation>
    </message>
    <message>
        <source>Last advisor’s customer</source>
        <translation>Priorité au dernier agent</translation>
    </message>
    <message>
        <source>Routing rule</source>
        <translation>Règle d’acheminement</translation>
    </message>
    <message>
        <source>Menu, key {0}</source>
        <translation>Menu, touche {0}</translation>
    </message>
    <message>
        <source>Rings</source>
        <translation>Sonne</translation>
    </message>
    <message>
        <source>In the menu</source>
        <translation>Dans le menu</translation>
    </message>
    <message>
        <source>On its way</source>
        <translation>En transfert</translation>
    </message>
    <message>
        <source>In queue</source>
        <translation>File d’appels</translation>
    </message>
    <message>
        <source>Talks, {0} listening</source>
        <translation>Parle, {0} à l’écoute</translation>
    </message>
    <message>
        <source>Consultation</source>
        <translation>Consultation</translation>
    </message>
    <message>
        <source>Is called</source>
        <translation>Est appelé</translation>
    </message>
    <message>
        <source>Voicemail</source>
        <translation>Messagerie</translation>
    </message>
    <message>
        <source>On hold</source>
        <translation>En garde</translation>
    </message>
    <message>
        <source>Talks</source>
        <translation>Parle</translation>
    </message>
    <message>
        <source>Visitor gone</source>
        <translation>Visiteur parti</translation>
    </message>
    <message>
        <source>Awaits an answer</source>
        <translation>Attend une réponse</translation>
    </message>
    <message>
        <source>Chatting</source>
        <translation>Discute</translation>
    </message>
    <message>
        <source>Answered by the tree</source>
        <translation>Répondu par l’arbre</translation>
    </message>
    <message>
        <source>closed</source>
        <translation>fermée</translation>
    </message>
    <message>
        <source>opens {0}</source>
        <translation>ouvre à {0}</translation>
    </message>
    <message>
        <source>no wait</source>
        <translation>sans attente</translation>
    </message>
    <message>
        <source>nobody</source>
        <translation>personne</translation>
    </message>
    <message>
        <source>~{0} min</source>
        <translation>~{0} min</translation>
    </message>
    <message>
        <source>End this call?</source>
        <translation>Mettre fin à cet appel&#x202f;?</translation>
    </message>
    <message>
        <source>{0} is disconnected at once. This cannot be taken back.</source>
        <translation>{0} est coupé immédiatement. Cela ne peut pas être annulé.</translation>
    </message>
    <message>
        <source>End the call</source>
        <translation>Mettre fin à l’appel</translation>
    </message>
</context>
<context>
    <name>BoardView</name>
    <message>
        <source>Live board</source>
        <translation>Tableau en direct</translation>
    </message>
    <message>
        <source>Waiting calls</source>
        <translation>Appels en attente</translation>
    </message>
    <message>
        <source>Caller</source>
        <translation>Appelant</translation>
    </message>
    <message>
        <source>Team</source>
        <translation>Équipe</translation>
    </message>
    <message>
        <source>Why here</source>
        <translation>Pourquoi ici</translation>
    </message>
    <message>
        <source>State</source>
        <translation>État</translation>
    </message>
    <message>
        <source>Waits</source>
        <translation>Attend</translation>
    </message>
    <message>
        <source>Nobody is waiting.</source>
        <translation>Personne n’attend.</translation>
    </message>
    <message>
        <source>Live calls</source>
        <translation>Appels en cours</translation>
    </message>
    <message>
        <source>Agent</source>
        <translation>Agent</translation>
    </message>
    <message>
        <source>Lasts</source>
        <translation>Durée</translation>
    </message>
    <message>
        <source>Nobody is on a call.</source>
        <translation>Personne n’est en communication.</translation>
    </message>
    <message>
        <source>Live</source>
        <translation>En direct</translation>
    </message>
    <message>
        <source>End the call</source>
        <translation>Mettre fin à l’appel</translation>
    </message>
    <message>
        <source>Listening stands in the call’s trace; a whisper is heard by the agent only.</source>
        <translation>L’écoute est notée dans le parcours de l’appel&#x202f;; seul l’agent entend ce qui est soufflé.</translation>
    </message>
    <message>
        <source>Sooner</source>
        <translation>Avancer</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>Reculer</translation>
    </message>
    <message>
        <source>Take</source>
        <translation>Prendre</translation>
    </message>
    <message>
        <source>Listen</source>
        <translation>Écouter</translation>
    </message>
    <message>
        <source>Leave</source>
        <translation>Quitter</translation>
    </message>
    <message>
        <source>Whisper</source>
        <translation>Souffler</translation>
    </message>
    <message>
        <source>Barge in</source>
        <translation>Intervenir</translation>
    </message>
    <message>
        <source>Move</source>
        <translation>Déplacer</translation>
    </message>
</context>
<context>
    <name>Broadcast</name>
    <message>
        <source>draft</source>
        <translation>brouillon</translation>
    </message>
    <message>
        <source>asks for approval</source>
        <translation>attend l’accord</translation>
    </message>
    <message>
        <source>being sent</source>
        <translation>en cours d’envoi</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>arrêtée</translation>
    </message>
    <message>
        <source>sent</source>
        <translation>envoyée</translation>
    </message>
    <message>
        <source>waiting: {0}</source>
        <translation>en attente&#xa0;: {0}</translation>
    </message>
    <message>
        <source>on the way: {0}</source>
        <translation>en route&#xa0;: {0}</translation>
    </message>
    <message>
        <source>delivered: {0}</source>
        <translation>remis&#xa0;: {0}</translation>
    </message>
    <message>
        <source>tried again: {0}</source>
        <translation>réessayés&#xa0;: {0}</translation>
    </message>
    <message>
        <source>not delivered: {0}</source>
        <translation>non remis&#xa0;: {0}</translation>
    </message>
    <message>
        <source>not known to have arrived: {0}</source>
        <translation>arrivée inconnue&#xa0;: {0}</translation>
    </message>
    <message>
        <source>taken back: {0}</source>
        <translation>repris&#xa0;: {0}</translation>
    </message>
    <message>
        <source>left out, want none: {0}</source>
        <translation>écartés, n’en veulent pas&#xa0;: {0}</translation>
    </message>
    <message>
        <source>left out, no e-mail address: {0}</source>
        <translation>écartés, sans adresse de courriel&#xa0;: {0}</translation>
    </message>
    <message>
        <source>left out, same address: {0}</source>
        <translation>écartés, même adresse&#xa0;: {0}</translation>
    </message>
    <message>
        <source>left out, no number: {0}</source>
        <translation>écartés, sans numéro&#xa0;: {0}</translation>
    </message>
    <message>
        <source>left out, same number: {0}</source>
        <translation>écartés, même numéro&#xa0;: {0}</translation>
    </message>
</context>
<context>
    <name>BroadcastPage</name>
    <message>
        <source>Broadcast</source>
        <translation>Diffusion</translation>
    </message>
    <message>
        <source>There is no broadcast.</source>
        <translation>Il n’y a aucune diffusion.</translation>
    </message>
    <message>
        <source>An agent drafts one, a lead of the team sends it.</source>
        <translation>Un agent la prépare, un responsable de l’équipe l’envoie.</translation>
    </message>
    <message>
        <source>Broadcasts</source>
        <translation>Diffusions</translation>
    </message>
    <message>
        <source>New broadcast</source>
        <translation>Nouvelle diffusion</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Retirer</translation>
    </message>
    <message>
        <source>SMS</source>
        <translation>SMS</translation>
    </message>
    <message>
        <source>E-mail</source>
        <translation>Courriel</translation>
    </message>
    <message>
        <source>Goes by</source>
        <translation>Canal</translation>
    </message>
    <message>
        <source>Which customers</source>
        <translation>Quels clients</translation>
    </message>
    <message>
        <source>Count</source>
        <translation>Compter</translation>
    </message>
    <message>
        <source>Ask for approval</source>
        <translation>Demander l’accord</translation>
    </message>
    <message>
        <source>Approve and send</source>
        <translation>Approuver et envoyer</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Arrêter</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nom</translation>
    </message>
    <message>
        <source>Team</source>
        <translation>Équipe</translation>
    </message>
    <message>
        <source>Messages a minute</source>
        <translation>Messages par minute</translation>
    </message>
    <message>
        <source>Each customer gets it in her language, where both are written.</source>
        <translation>Chaque client le reçoit dans sa langue, si les deux textes sont écrits.</translation>
    </message>
    <message>
        <source>Subject in French</source>
        <translation>Objet en français</translation>
    </message>
    <message>
        <source>Subject in English</source>
        <translation>Objet en anglais</translation>
    </message>
    <message>
        <source>In French</source>
        <translation>En français</translation>
    </message>
    <message>
        <source>In English</source>
        <translation>En anglais</translation>
    </message>
    <message>
        <source>A sub-team has no number, so it sends no broadcasts. Ask its communication team.</source>
        <translation>Une sous-équipe n’a pas de numéro et n’envoie donc pas de diffusion. Adressez-vous à son équipe de communication.</translation>
    </message>
    <message numerus="yes">
        <source>%n segment(s) for each customer</source>
        <translation>
            <numerusform>%n segment par client</numerusform>
            <numerusform>%n segments par client</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{0} customer(s) found, {1} of them get it: {2}</source>
        <translation>
            <numerusform>{0} client trouvé, {1} le reçoit&#xa0;: {2}</numerusform>
            <numerusform>{0} clients trouvés, {1} le reçoivent&#xa0;: {2}</numerusform>
        </translation>
    </message>
    <message>
        <source>Each mail has a link that ends them. Answers become cases of the team.</source>
        <translation>Chaque message contient un lien de désinscription. Les réponses deviennent des dossiers de l’équipe.</translation>
    </message>
    <message>
        <source>Who wrote STOP gets nothing. Answers become cases of the team.</source>
        <translation>Qui a écrit STOP ne reçoit rien. Les réponses deviennent des dossiers de l’équipe.</translation>
    </message>
</context>
<context>
    <name>BulkBar</name>
    <message>
        <source>Assign</source>
        <translation>Attribuer</translation>
    </message>
    <message>
        <source>Hand over to a team</source>
        <translation>Confier à une équipe</translation>
    </message>
    <message>
        <source>State</source>
        <translation>État</translation>
    </message>
    <message>
        <source>Priority, project or tag</source>
        <translation>Priorité, projet ou étiquette</translation>
    </message>
    <message numerus="yes">
        <source>%n chosen</source>
        <translation>
            <numerusform>%n choisi</numerusform>
            <numerusform>%n choisis</numerusform>
        </translation>
    </message>
    <message>
        <source>Priority: {0}</source>
        <translation>Priorité&#xa0;: {0}</translation>
    </message>
    <message>
        <source>Project: {0}</source>
        <translation>Projet&#xa0;: {0}</translation>
    </message>
    <message>
        <source>Tag: {0}</source>
        <translation>Étiquette&#xa0;: {0}</translation>
    </message>
    <message>
        <source>Set for all of them</source>
        <translation>Fixer pour tous</translation>
    </message>
    <message>
        <source>Nobody</source>
        <translation>Personne</translation>
    </message>
    <message>
        <source>Assign to</source>
        <translation>Attribuer à</translation>
    </message>
    <message>
        <source>Hand over to</source>
        <translation>Confier à</translation>
    </message>
    <message>
        <source>State of the cases</source>
        <translation>État des dossiers</translation>
    </message>
</context>
<context>
    <name>CalendarPage</name>
    <message>
        <source>Calendar</source>
        <translation>Calendrier</translation>
    </message>
    <message>
        <source>Zone</source>
        <translation>Fuseau</translation>
    </message>
    <message>
        <source>There is no calendar yet.</source>
        <translation>Il n’y a pas encore de calendrier.</translation>
    </message>
    <message>
        <source>Service levels and reports count every hour without one.</source>
        <translation>Sans calendrier, les niveaux de service et les rapports comptent toutes les heures.</translation>
    </message>
    <message>
        <source>Calendars</source>
        <translation>Calendriers</translation>
    </message>
    <message>
        <source>New calendar</source>
        <translation>Nouveau calendrier</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Retirer</translation>
    </message>
    <message>
        <source>closed</source>
        <translation>fermé</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nom</translation>
    </message>
    <message>
        <source>Day</source>
        <translation>Jour</translation>
    </message>
    <message>
        <source>Hours of that day</source>
        <translation>Heures de ce jour</translation>
    </message>
    <message>
        <source>No public holidays</source>
        <translation>Sans jours fériés</translation>
    </message>
    <message>
        <source>The whole country</source>
        <translation>Tout le pays</translation>
    </message>
    <message>
        <source>This calendar has no open hour: whatever is promised by it has no end, and no clock runs.</source>
        <translation>Ce calendrier n’a aucune heure ouverte&#xa0;: ce qui est promis avec lui n’a pas d’échéance et aucun délai ne court.</translation>
    </message>
    <message>
        <source>Service levels: {names}</source>
        <translation>Niveaux de service&#xa0;: {names}</translation>
    </message>
    <message>
        <source>Remove {day}</source>
        <translation>Retirer le {day}</translation>
    </message>
    <message>
        <source>No day has other hours.</source>
        <translation>Aucun jour n’a d’autres heures.</translation>
    </message>
    <message>
        <source>Time zone</source>
        <translation>Fuseau horaire</translation>
    </message>
    <message>
        <source>Public holidays of</source>
        <translation>Jours fériés de</translation>
    </message>
    <message>
        <source>Region of the country</source>
        <translation>Région du pays</translation>
    </message>
    <message>
        <source>Every week</source>
        <translation>Chaque semaine</translation>
    </message>
    <message>
        <source>Several hours are written with a comma: 9:00–12:00, 14:00–18:00. A night: 22:00–06:00.</source>
        <translation>Plusieurs plages se séparent par une virgule&#xa0;: 9:00–12:00, 14:00–18:00. Une nuit&#xa0;: 22:00–06:00.</translation>
    </message>
    <message>
        <source>Other hours on some days</source>
        <translation>Autres heures certains jours</translation>
    </message>
    <message>
        <source>They win over the week and over public holidays. Without hours the day is closed.</source>
        <translation>Elles l’emportent sur la semaine et sur les jours fériés. Sans heures, le jour est fermé.</translation>
    </message>
    <message>
        <source>Add the day</source>
        <translation>Ajouter le jour</translation>
    </message>
</context>
<context>
    <name>CallBar</name>
    <message>
        <source>Hold</source>
        <translation>Garde</translation>
    </message>
    <message>
        <source>Mute</source>
        <translation>Muet</translation>
    </message>
    <message>
        <source>Keypad</source>
        <translation>Clavier</translation>
    </message>
    <message>
        <source>Transfer</source>
        <translation>Transférer</translation>
    </message>
    <message>
        <source>Hang up</source>
        <translation>Raccrocher</translation>
    </message>
    <message>
        <source>MOS {0}, jitter {1} ms, {2} % lost, {3}</source>
        <translation>MOS {0}, gigue {1} ms, {2} % perdus, {3}</translation>
    </message>
    <message>
        <source>talking</source>
        <translation>en conversation</translation>
    </message>
    <message>
        <source>Call: {0}</source>
        <translation>Appel&#xa0;: {0}</translation>
    </message>
    <message>
        <source>nothing is heard: repairing</source>
        <translation>aucun son&#xa0;: réparation en cours</translation>
    </message>
    <message>
        <source>consultation</source>
        <translation>consultation</translation>
    </message>
    <message>
        <source>on hold</source>
        <translation>en garde</translation>
    </message>
    <message>
        <source>dialling</source>
        <translation>numérotation</translation>
    </message>
    <message>
        <source>rings</source>
        <translation>sonne</translation>
    </message>
    <message>
        <source>muted</source>
        <translation>micro coupé</translation>
    </message>
    <message>
        <source>recording</source>
        <translation>enregistré</translation>
    </message>
    <message>
        <source>recording paused</source>
        <translation>enregistrement suspendu</translation>
    </message>
    <message>
        <source>poor sound: our network</source>
        <translation>mauvais son&#xa0;: notre réseau</translation>
    </message>
    <message>
        <source>poor sound: at the caller’s</source>
        <translation>mauvais son&#xa0;: chez l’appelant</translation>
    </message>
    <message>
        <source>poor sound: delay</source>
        <translation>mauvais son&#xa0;: délai</translation>
    </message>
    <message>
        <source>your microphone is silent</source>
        <translation>votre micro est muet</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Retour</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Reprendre</translation>
    </message>
    <message>
        <source>Unmute</source>
        <translation>Micro</translation>
    </message>
    <message>
        <source>Complete</source>
        <translation>Terminer</translation>
    </message>
</context>
<context>
    <name>CallLog</name>
    <message>
        <source>Answered</source>
        <translation>Répondu</translation>
    </message>
    <message>
        <source>Abandoned</source>
        <translation>Abandonné</translation>
    </message>
    <message>
        <source>Voicemail</source>
        <translation>Message</translation>
    </message>
    <message>
        <source>Callback asked</source>
        <translation>Rappel demandé</translation>
    </message>
    <message>
        <source>When closed</source>
        <translation>Hors horaires</translation>
    </message>
    <message>
        <source>No answer</source>
        <translation>Sans réponse</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Échec</translation>
    </message>
    <message>
        <source>Hidden number</source>
        <translation>Numéro masqué</translation>
    </message>
    <message>
        <source>Going on</source>
        <translation>En cours</translation>
    </message>
    <message>
        <source>When</source>
        <translation>Quand</translation>
    </message>
    <message>
        <source>Way</source>
        <translation>Sens</translation>
    </message>
    <message>
        <source>Outgoing</source>
        <translation>Sortant</translation>
    </message>
    <message>
        <source>Incoming</source>
        <translation>Entrant</translation>
    </message>
    <message>
        <source>Team</source>
        <translation>Équipe</translation>
    </message>
    <message>
        <source>Agent</source>
        <translation>Agent</translation>
    </message>
    <message>
        <source>Waited</source>
        <translation>Attente</translation>
    </message>
    <message>
        <source>Talked</source>
        <translation>Parlé</translation>
    </message>
</context>
<context>
    <name>CallLogView</name>
    <message>
        <source>Mine</source>
        <translation>Les miens</translation>
    </message>
    <message>
        <source>Missed</source>
        <translation>Manqués</translation>
    </message>
    <message>
        <source>All of my teams</source>
        <translation>Tous ceux de mes équipes</translation>
    </message>
    <message>
        <source>Which calls</source>
        <translation>Quels appels</translation>
    </message>
    <message>
        <source>My calls</source>
        <translation>Mes appels</translation>
    </message>
    <message>
        <source>When</source>
        <translation>Quand</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>Qui</translation>
    </message>
    <message>
        <source>Team</source>
        <translation>Équipe</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>Résultat</translation>
    </message>
    <message>
        <source>Talked</source>
        <translation>Parlé</translation>
    </message>
    <message>
        <source>No call here yet.</source>
        <translation>Aucun appel ici pour l’instant.</translation>
    </message>
    <message>
        <source>Older calls</source>
        <translation>Appels plus anciens</translation>
    </message>
    <message>
        <source>Open case {0}</source>
        <translation>Ouvrir le dossier {0}</translation>
    </message>
    <message>
        <source>Call back</source>
        <translation>Rappeler</translation>
    </message>
    <message>
        <source>Open the customer</source>
        <translation>Ouvrir le client</translation>
    </message>
    <message>
        <source>Choose a call to see it here. Enter calls back.</source>
        <translation>Choisissez un appel pour le voir ici. Entrée rappelle.</translation>
    </message>
</context>
<context>
    <name>CallTree</name>
    <message>
        <source>shown above</source>
        <translation>voir plus haut</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>rien</translation>
    </message>
    <message>
        <source>Menus and keys</source>
        <translation>Menus et touches</translation>
    </message>
    <message>
        <source>Queue of the dialled team</source>
        <translation>File de l’équipe appelée</translation>
    </message>
    <message>
        <source>Team or sub-team</source>
        <translation>Équipe ou sous-équipe</translation>
    </message>
    <message>
        <source>Agent</source>
        <translation>Agent</translation>
    </message>
    <message>
        <source>Menu</source>
        <translation>Menu</translation>
    </message>
    <message>
        <source>Number outside</source>
        <translation>Numéro extérieur</translation>
    </message>
    <message>
        <source>Voicemail</source>
        <translation>Messagerie</translation>
    </message>
    <message>
        <source>Another call tree</source>
        <translation>Autre arborescence</translation>
    </message>
    <message>
        <source>Say it again</source>
        <translation>Répéter</translation>
    </message>
    <message>
        <source>End of the call</source>
        <translation>Fin de l’appel</translation>
    </message>
    <message>
        <source>no first menu</source>
        <translation>pas de premier menu</translation>
    </message>
    <message>
        <source>leads to no menu</source>
        <translation>ne mène à aucun menu</translation>
    </message>
    <message>
        <source>a key that does not exist</source>
        <translation>touche inexistante</translation>
    </message>
    <message>
        <source>target missing</source>
        <translation>cible manquante</translation>
    </message>
    <message>
        <source>says nothing</source>
        <translation>ne dit rien</translation>
    </message>
    <message>
        <source>never reached</source>
        <translation>jamais atteint</translation>
    </message>
    <message>
        <source>no way out</source>
        <translation>sans issue</translation>
    </message>
    <message>
        <source>The team is open. {0}</source>
        <translation>L’équipe est ouverte. {0}</translation>
    </message>
    <message>
        <source>Closed at this hour. {0}</source>
        <translation>Fermé à cette heure. {0}</translation>
    </message>
    <message>
        <source>Last advisor of case {0} rings first.</source>
        <translation>Le dernier agent du dossier {0} sonne d’abord.</translation>
    </message>
    <message>
        <source>The last-advisor rule does not apply.</source>
        <translation>La priorité au dernier agent ne s’applique pas.</translation>
    </message>
    <message>
        <source>Routing rule “{0}”.</source>
        <translation>Règle d’acheminement «&#xa0;{0}&#xa0;».</translation>
    </message>
    <message>
        <source>Rule “{0}” left out: its agent is on no schedule.</source>
        <translation>Règle «&#xa0;{0}&#xa0;» écartée&#xa0;: son agent n’est dans aucun horaire.</translation>
    </message>
    <message>
        <source>The call tree begins.</source>
        <translation>L’arborescence commence.</translation>
    </message>
    <message>
        <source>Menu and key: {0}.</source>
        <translation>Menu et touche&#xa0;: {0}.</translation>
    </message>
    <message>
        <source>The caller leaves the tree. {0}</source>
        <translation>L’appelant quitte l’arborescence. {0}</translation>
    </message>
    <message>
        <source>Nothing was pressed, or nothing that exists. {0}</source>
        <translation>Aucune touche, ou une touche qui n’existe pas. {0}</translation>
    </message>
    <message>
        <source>{0} is rung by its schedule, else its queue.</source>
        <translation>{0} sonne selon son horaire, sinon sa file.</translation>
    </message>
    <message>
        <source>{0} is rung.</source>
        <translation>{0} sonne.</translation>
    </message>
    <message>
        <source>A number outside is called: {0}.</source>
        <translation>Un numéro extérieur est appelé&#xa0;: {0}.</translation>
    </message>
    <message>
        <source>Voicemail of {0}.</source>
        <translation>Messagerie de {0}.</translation>
    </message>
    <message>
        <source>Another call tree begins.</source>
        <translation>Une autre arborescence commence.</translation>
    </message>
    <message>
        <source>Queue of {0}.</source>
        <translation>File de {0}.</translation>
    </message>
    <message>
        <source>Then the queue of {0}.</source>
        <translation>Puis la file de {0}.</translation>
    </message>
    <message>
        <source>Then voicemail. {0}</source>
        <translation>Puis la messagerie. {0}</translation>
    </message>
    <message>
        <source>The case number is looked up; its team is rung.</source>
        <translation>Le numéro de dossier est recherché&#x202f;; son équipe sonne.</translation>
    </message>
    <message>
        <source>{0}: not free just now.</source>
        <translation>{0}&#xa0;: pas libre pour l’instant.</translation>
    </message>
    <message>
        <source>asks for the case number</source>
        <translation>demande le numéro de dossier</translation>
    </message>
    <message>
        <source>Menu “{0}”</source>
        <translation>Menu «&#xa0;{0}&#xa0;»</translation>
    </message>
    <message>
        <source>sub-team · by its ring schedule</source>
        <translation>sous-équipe · selon son horaire</translation>
    </message>
    <message>
        <source>team · by its ring schedule</source>
        <translation>équipe · selon son horaire</translation>
    </message>
    <message>
        <source>{0} belongs to {1}.</source>
        <translation>{0} appartient à {1}.</translation>
    </message>
    <message>
        <source>At this hour no call tree answers there; this one is tried as if it did.</source>
        <translation>À cette heure, aucune arborescence n’y répond&#x202f;; celle-ci est essayée comme si elle y répondait.</translation>
    </message>
</context>
<context>
    <name>CallTreePage</name>
    <message>
        <source>New call tree</source>
        <translation>Nouvelle arborescence</translation>
    </message>
    <message>
        <source>Call tree</source>
        <translation>Arborescence d’appels</translation>
    </message>
    <message>
        <source>Name of the tree</source>
        <translation>Nom de l’arborescence</translation>
    </message>
    <message>
        <source>Add a key</source>
        <translation>Ajouter une touche</translation>
    </message>
    <message>
        <source>walk</source>
        <translation>parcourir</translation>
    </message>
    <message>
        <source>set the key</source>
        <translation>changer la touche</translation>
    </message>
    <message>
        <source>take away</source>
        <translation>retirer</translation>
    </message>
    <message>
        <source>There is no call tree yet.</source>
        <translation>Il n’y a pas encore d’arborescence.</translation>
    </message>
    <message>
        <source>Without one, callers go straight to the ring schedule of the team.</source>
        <translation>Sans elle, les appelants vont droit à l’horaire de sonnerie de l’équipe.</translation>
    </message>
    <message>
        <source>Chosen line</source>
        <translation>Ligne choisie</translation>
    </message>
    <message>
        <source>Try a call</source>
        <translation>Essayer un appel</translation>
    </message>
    <message>
        <source>Beside the tree</source>
        <translation>À côté de l’arborescence</translation>
    </message>
    <message>
        <source>Try</source>
        <translation>Essayer</translation>
    </message>
    <message>
        <source>Number dialled</source>
        <translation>Numéro composé</translation>
    </message>
    <message>
        <source>Caller</source>
        <translation>Appelant</translation>
    </message>
    <message>
        <source>Keys pressed</source>
        <translation>Touches pressées</translation>
    </message>
    <message>
        <source>With the tree as it stands here, saved or not.</source>
        <translation>Avec l’arborescence telle qu’elle est ici, enregistrée ou non.</translation>
    </message>
    <message>
        <source>Why here?</source>
        <translation>Pourquoi ici&#x202f;?</translation>
    </message>
    <message>
        <source>Press a few keys and see where the caller arrives.</source>
        <translation>Pressez quelques touches et voyez où l’appelant arrive.</translation>
    </message>
</context>
<context>
    <name>CallerPage</name>
    <message>
        <source>Another customer: name, number, account</source>
        <translation>Un autre client&#xa0;: nom, numéro, compte</translation>
    </message>
    <message>
        <source>New case</source>
        <translation>Nouveau dossier</translation>
    </message>
    <message>
        <source>New customer</source>
        <translation>Nouveau client</translation>
    </message>
    <message>
        <source>Write what is said…</source>
        <translation>Écrivez ce qui se dit…</translation>
    </message>
    <message>
        <source>Note of the call</source>
        <translation>Note d’appel</translation>
    </message>
    <message>
        <source>No case</source>
        <translation>Sans dossier</translation>
    </message>
    <message>
        <source>What is the call about?</source>
        <translation>De quoi s’agit-il&#x202f;?</translation>
    </message>
    <message>
        <source>No open case.</source>
        <translation>Aucun dossier ouvert.</translation>
    </message>
    <message>
        <source>Found</source>
        <translation>Trouvés</translation>
    </message>
    <message>
        <source>Nobody of this name or number.</source>
        <translation>Personne de ce nom ou de ce numéro.</translation>
    </message>
    <message>
        <source>Nobody has this number yet.</source>
        <translation>Personne n’a encore ce numéro.</translation>
    </message>
    <message>
        <source>One customer has this number</source>
        <translation>Un client a ce numéro</translation>
    </message>
    <message numerus="yes">
        <source>%n customers share this number</source>
        <translation>
            <numerusform>%n client a ce numéro</numerusform>
            <numerusform>%n clients partagent ce numéro</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CallsPage</name>
    <message>
        <source>Calls offered</source>
        <translation>Appels présentés</translation>
    </message>
    <message>
        <source>Answered</source>
        <translation>Pris</translation>
    </message>
    <message>
        <source>Abandoned</source>
        <translation>Abandonnés</translation>
    </message>
    <message>
        <source>Answered within 20 s</source>
        <translation>Pris en 20 s</translation>
    </message>
    <message>
        <source>Speed of answer</source>
        <translation>Délai de prise</translation>
    </message>
    <message>
        <source>Handling time</source>
        <translation>Durée de traitement</translation>
    </message>
    <message>
        <source>Transferred</source>
        <translation>Transférés</translation>
    </message>
    <message>
        <source>Calls offered by day</source>
        <translation>Appels présentés par jour</translation>
    </message>
    <message>
        <source>Calls abandoned by day</source>
        <translation>Appels abandonnés par jour</translation>
    </message>
    <message>
        <source>dashed: the span before</source>
        <translation>tirets&#xa0;: période précédente</translation>
    </message>
    <message>
        <source>Agent</source>
        <translation>Agent</translation>
    </message>
    <message>
        <source>Calls</source>
        <translation>Appels</translation>
    </message>
    <message>
        <source>Handling</source>
        <translation>Traitement</translation>
    </message>
    <message>
        <source>Occup.</source>
        <translation>Occup.</translation>
    </message>
    <message>
        <source>Available</source>
        <translation>Disponible</translation>
    </message>
    <message>
        <source>On calls</source>
        <translation>En appel</translation>
    </message>
    <message>
        <source>Wrap-up</source>
        <translation>Post-appel</translation>
    </message>
    <message>
        <source>Not ready</source>
        <translation>Indisponible</translation>
    </message>
    <message>
        <source>No call and nobody at work in this span.</source>
        <translation>Aucun appel et personne au travail dans cette période.</translation>
    </message>
    <message>
        <source>Agents</source>
        <translation>Agents</translation>
    </message>
    <message>
        <source>Agents, with the hours they spent in each state</source>
        <translation>Agents, avec les heures passées dans chaque état</translation>
    </message>
    <message numerus="yes">
        <source>{n} call(s)</source>
        <translation>
            <numerusform>{n} appel</numerusform>
            <numerusform>{n} appels</numerusform>
        </translation>
    </message>
    <message>
        <source>min, mean</source>
        <translation>min, moyenne</translation>
    </message>
</context>
<context>
    <name>CaseDialog</name>
    <message>
        <source>Public</source>
        <translation>Public</translation>
    </message>
    <message>
        <source>all teams that had it</source>
        <translation>toutes ses équipes</translation>
    </message>
    <message>
        <source>Internal</source>
        <translation>Interne</translation>
    </message>
    <message>
        <source>only its team</source>
        <translation>son équipe seule</translation>
    </message>
    <message>
        <source>Private</source>
        <translation>Privé</translation>
    </message>
    <message>
        <source>assignee and leads</source>
        <translation>agent attribué et responsables</translation>
    </message>
    <message>
        <source>Edit case {0}</source>
        <translation>Modifier le dossier {0}</translation>
    </message>
    <message>
        <source>Calls and messages of this case leave with this number; any of the organisation’s.</source>
        <translation>Les appels et messages de ce dossier partent avec ce numéro&#x202f;; tous ceux de l’organisation sont possibles.</translation>
    </message>
    <message>
        <source>Subject</source>
        <translation>Objet</translation>
    </message>
    <message>
        <source>State</source>
        <translation>État</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>Type</translation>
    </message>
    <message>
        <source>Visibility</source>
        <translation>Visibilité</translation>
    </message>
    <message>
        <source>Number to communicate with</source>
        <translation>Numéro de communication</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Enregistrer</translation>
    </message>
    <message>
        <source>Assigning and handing over have their own keys.</source>
        <translation>Attribuer et confier se font par leurs propres touches.</translation>
    </message>
</context>
<context>
    <name>CaseListView</name>
    <message>
        <source>Cases</source>
        <translation>Dossiers</translation>
    </message>
    <message>
        <source>New case</source>
        <translation>Nouveau dossier</translation>
    </message>
    <message>
        <source>No case here</source>
        <translation>Aucun dossier ici</translation>
    </message>
    <message>
        <source>Edit this view</source>
        <translation>Modifier cette vue</translation>
    </message>
    <message>
        <source>This view cannot be shown</source>
        <translation>Cette vue ne peut pas être affichée</translation>
    </message>
</context>
<context>
    <name>CaseView</name>
    <message>
        <source>Assign</source>
        <translation>Attribuer</translation>
    </message>
    <message>
        <source>Hand over</source>
        <translation>Confier</translation>
    </message>
    <message>
        <source>State</source>
        <translation>État</translation>
    </message>
    <message>
        <source>Edit the case</source>
        <translation>Modifier le dossier</translation>
    </message>
    <message>
        <source>History and merging</source>
        <translation>Historique et fusion</translation>
    </message>
    <message>
        <source>Customer</source>
        <translation>Client</translation>
    </message>
    <message>
        <source>No case is open</source>
        <translation>Aucun dossier n’est ouvert</translation>
    </message>
    <message>
        <source>Choose one in the list.</source>
        <translation>Choisissez-en un dans la liste.</translation>
    </message>
    <message numerus="yes">
        <source>%n other(s) here: {0}</source>
        <translation>
            <numerusform>aussi ici&#xa0;: {0}</numerusform>
            <numerusform>aussi ici&#xa0;: {0}</numerusform>
        </translation>
    </message>
    <message>
        <source>nobody yet</source>
        <translation>personne pour l’instant</translation>
    </message>
    <message numerus="yes">
        <source>%n live</source>
        <translation>
            <numerusform>%n en cours</numerusform>
            <numerusform>%n en cours</numerusform>
        </translation>
    </message>
    <message>
        <source>Me</source>
        <translation>Moi</translation>
    </message>
    <message>
        <source>Nobody</source>
        <translation>Personne</translation>
    </message>
    <message>
        <source>Assign to</source>
        <translation>Attribuer à</translation>
    </message>
    <message>
        <source>Hand over to</source>
        <translation>Confier à</translation>
    </message>
    <message>
        <source>State of the case</source>
        <translation>État du dossier</translation>
    </message>
    <message>
        <source>History of the case</source>
        <translation>Historique du dossier</translation>
    </message>
    <message>
        <source>Open the customer’s page</source>
        <translation>Ouvrir la fiche du client</translation>
    </message>
    <message>
        <source>Merge another case into this one</source>
        <translation>Fusionner un autre dossier dans celui-ci</translation>
    </message>
    <message>
        <source>Put the case aside…</source>
        <translation>Mettre le dossier de côté…</translation>
    </message>
    <message>
        <source>Split off a part…</source>
        <translation>Détacher une partie…</translation>
    </message>
    <message>
        <source>Link another case…</source>
        <translation>Lier un autre dossier…</translation>
    </message>
    <message>
        <source>Watch no more</source>
        <translation>Ne plus suivre</translation>
    </message>
    <message>
        <source>Watch this case</source>
        <translation>Suivre ce dossier</translation>
    </message>
    <message>
        <source>Hand over to another organisation…</source>
        <translation>Confier à une autre organisation…</translation>
    </message>
</context>
<context>
    <name>CasesPage</name>
    <message>
        <source>Cases opened</source>
        <translation>Dossiers ouverts</translation>
    </message>
    <message>
        <source>Cases opened by day</source>
        <translation>Dossiers ouverts par jour</translation>
    </message>
    <message>
        <source>dashed: the span before</source>
        <translation>tirets&#xa0;: période précédente</translation>
    </message>
    <message>
        <source>By type</source>
        <translation>Par type</translation>
    </message>
    <message>
        <source>By team</source>
        <translation>Par équipe</translation>
    </message>
    <message>
        <source>By state, as it is now</source>
        <translation>Par état, tel qu’il est maintenant</translation>
    </message>
    <message>
        <source>By tag</source>
        <translation>Par étiquette</translation>
    </message>
    <message>
        <source>grey: the span before</source>
        <translation>gris&#xa0;: période précédente</translation>
    </message>
</context>
<context>
    <name>Channel</name>
    <message>
        <source>Note</source>
        <translation>Note</translation>
    </message>
    <message>
        <source>Call</source>
        <translation>Appel</translation>
    </message>
    <message>
        <source>Voicemail</source>
        <translation>Message vocal</translation>
    </message>
    <message>
        <source>E-mail</source>
        <translation>Courriel</translation>
    </message>
    <message>
        <source>Chat</source>
        <translation>Discussion</translation>
    </message>
    <message>
        <source>SMS</source>
        <translation>SMS</translation>
    </message>
    <message>
        <source>Meeting</source>
        <translation>Rendez-vous</translation>
    </message>
    <message>
        <source>Web</source>
        <translation>Web</translation>
    </message>
    <message>
        <source>Event</source>
        <translation>Événement</translation>
    </message>
</context>
<context>
    <name>ChannelButton</name>
    <message>
        <source>no e-mail address is saved</source>
        <translation>aucune adresse de courriel n’est enregistrée</translation>
    </message>
    <message>
        <source>no telephone number is saved</source>
        <translation>aucun numéro de téléphone n’est enregistré</translation>
    </message>
    <message>
        <source>the team has no mailbox</source>
        <translation>l’équipe n’a pas de boîte aux lettres</translation>
    </message>
    <message>
        <source>the team’s number sends no SMS</source>
        <translation>le numéro de l’équipe n’envoie pas de SMS</translation>
    </message>
    <message>
        <source>the customer wrote STOP</source>
        <translation>le client a écrit STOP</translation>
    </message>
    <message>
        <source>the customer is in no chat</source>
        <translation>le client n’est dans aucune discussion</translation>
    </message>
    <message>
        <source>the case is another team’s</source>
        <translation>le dossier est à une autre équipe</translation>
    </message>
    <message>
        <source>the case is closed</source>
        <translation>le dossier est fermé</translation>
    </message>
    <message>
        <source>Channel: {0}</source>
        <translation>Canal&#xa0;: {0}</translation>
    </message>
</context>
<context>
    <name>ChatCard</name>
    <message>
        <source>Not me</source>
        <translation>Pas moi</translation>
    </message>
    <message>
        <source>Take</source>
        <translation>Prendre</translation>
    </message>
    <message>
        <source>Chat</source>
        <translation>Discussion</translation>
    </message>
    <message>
        <source>Note of {0}</source>
        <translation>Note de {0}</translation>
    </message>
    <message numerus="yes">
        <source>%n more chat(s) ask for you.</source>
        <translation>
            <numerusform>%n autre discussion vous attend.</numerusform>
            <numerusform>%n autres discussions vous attendent.</numerusform>
        </translation>
    </message>
    <message>
        <source>Nobody took it: your chat comes back</source>
        <translation>Personne ne l’a prise&#xa0;: votre discussion revient</translation>
    </message>
    <message>
        <source>{0} hands a chat over</source>
        <translation>{0} transfère une discussion</translation>
    </message>
    <message>
        <source>A visitor chats</source>
        <translation>Un visiteur discute</translation>
    </message>
</context>
<context>
    <name>ChatComposer</name>
    <message>
        <source>Hand over</source>
        <translation>Transférer</translation>
    </message>
    <message>
        <source>End chat</source>
        <translation>Terminer</translation>
    </message>
    <message>
        <source>Write to the visitor…</source>
        <translation>Écrire au visiteur…</translation>
    </message>
    <message>
        <source>Text for the visitor</source>
        <translation>Texte pour le visiteur</translation>
    </message>
    <message>
        <source>Attach a file</source>
        <translation>Joindre un fichier</translation>
    </message>
    <message>
        <source>End and solve</source>
        <translation>Terminer et résoudre</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>Envoyer</translation>
    </message>
    <message>
        <source>with {0}</source>
        <translation>avec {0}</translation>
    </message>
    <message>
        <source>here</source>
        <translation>présent</translation>
    </message>
    <message>
        <source>gone</source>
        <translation>parti</translation>
    </message>
    <message>
        <source>ends soon</source>
        <translation>se termine bientôt</translation>
    </message>
    <message>
        <source>The server is away: what you said is kept here and sent by itself.</source>
        <translation>Le serveur est absent&#xa0;: ce que vous avez écrit est gardé ici et partira de lui-même.</translation>
    </message>
    <message>
        <source>{0} is writing…</source>
        <translation>{0} écrit…</translation>
    </message>
</context>
<context>
    <name>ChatManagePage</name>
    <message>
        <source>Team</source>
        <translation>Équipe</translation>
    </message>
    <message>
        <source>There is no team with a number.</source>
        <translation>Aucune équipe n’a de numéro.</translation>
    </message>
    <message>
        <source>A sub-team is reached by hand-over or tree.</source>
        <translation>Une sous-équipe s’atteint par un transfert ou par l’arborescence.</translation>
    </message>
    <message>
        <source>Chat</source>
        <translation>Discussion</translation>
    </message>
    <message>
        <source>Chats on web pages</source>
        <translation>Discute sur les pages web</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Copier</translation>
    </message>
    <message>
        <source>Try it</source>
        <translation>Essayer</translation>
    </message>
    <message>
        <source>Say under Portal where the hub’s pages are reached: then a page can include it.</source>
        <translation>Indiquez sous Portail l’adresse des pages du serveur Guichet&#xa0;: une page peut alors l’inclure.</translation>
    </message>
    <message>
        <source>On a page</source>
        <translation>Sur une page</translation>
    </message>
    <message>
        <source>This line stands in the page, before &lt;/body&gt;:</source>
        <translation>Cette ligne se place dans la page, avant &lt;/body&gt;&#xa0;:</translation>
    </message>
    <message>
        <source>One a line: https://www.example.com. Elsewhere the chat does not open.</source>
        <translation>Un par ligne&#xa0;: https://www.example.com. Ailleurs, la discussion ne s’ouvre pas.</translation>
    </message>
    <message>
        <source>Sites that may show it</source>
        <translation>Sites qui peuvent la montrer</translation>
    </message>
    <message>
        <source>Ask for an e-mail address</source>
        <translation>Demander une adresse de courriel</translation>
    </message>
    <message>
        <source>What visitors read first</source>
        <translation>Ce que les visiteurs lisent d’abord</translation>
    </message>
    <message>
        <source>In French</source>
        <translation>En français</translation>
    </message>
    <message>
        <source>In English</source>
        <translation>En anglais</translation>
    </message>
    <message>
        <source>Seconds; then the next agent is asked, as the team’s strategy has it.</source>
        <translation>Secondes&#x202f;; puis l’agent suivant est sollicité, selon la stratégie de l’équipe.</translation>
    </message>
    <message>
        <source>How long one agent is asked</source>
        <translation>Temps laissé à chaque agent</translation>
    </message>
    <message>
        <source>Chats at once, for one agent</source>
        <translation>Discussions à la fois, par agent</translation>
    </message>
    <message>
        <source>Minutes of silence that end it</source>
        <translation>Minutes de silence qui la terminent</translation>
    </message>
    <message>
        <source>The visitor gets a notice before.</source>
        <translation>Le visiteur est prévenu avant.</translation>
    </message>
    <message>
        <source>At the desk</source>
        <translation>Au poste</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Copié</translation>
    </message>
    <message>
        <source>chats</source>
        <translation>discute</translation>
    </message>
    <message>
        <source>no chat</source>
        <translation>pas de discussion</translation>
    </message>
</context>
<context>
    <name>ChatNotice</name>
    <message>
        <source>{0} is chatting with the visitor.</source>
        <translation>{0} discute avec le visiteur.</translation>
    </message>
    <message>
        <source>The chat is handed over to {0}: nobody has taken it yet.</source>
        <translation>La discussion est transférée à {0}&#xa0;: personne ne l’a encore prise.</translation>
    </message>
    <message>
        <source>The visitor waits in the chat.</source>
        <translation>Le visiteur attend dans la discussion.</translation>
    </message>
    <message>
        <source>The visitor is in the message tree.</source>
        <translation>Le visiteur est dans l’arbre de messages.</translation>
    </message>
    <message>
        <source>Take over</source>
        <translation>Reprendre</translation>
    </message>
    <message>
        <source>Take</source>
        <translation>Prendre</translation>
    </message>
</context>
<context>
    <name>ChatsCard</name>
    <message>
        <source>Chats</source>
        <translation>Discussions</translation>
    </message>
    <message>
        <source>Visitor</source>
        <translation>Visiteur</translation>
    </message>
    <message>
        <source>Agent</source>
        <translation>Agent</translation>
    </message>
    <message>
        <source>Team</source>
        <translation>Équipe</translation>
    </message>
    <message>
        <source>State</source>
        <translation>État</translation>
    </message>
    <message>
        <source>Lasts</source>
        <translation>Durée</translation>
    </message>
    <message>
        <source>Nobody chats.</source>
        <translation>Personne ne discute.</translation>
    </message>
    <message>
        <source>Take over</source>
        <translation>Reprendre</translation>
    </message>
    <message numerus="yes">
        <source>%n waiting</source>
        <translation>
            <numerusform>%n en attente</numerusform>
            <numerusform>%n en attente</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ClashNotice</name>
    <message>
        <source>Save mine</source>
        <translation>Enregistrer la mienne</translation>
    </message>
    <message>
        <source>Take theirs</source>
        <translation>Prendre la sienne</translation>
    </message>
    <message>
        <source>A colleague</source>
        <translation>Un collègue</translation>
    </message>
    <message>
        <source>{0} changed this a moment ago.</source>
        <translation>{0} a modifié cette fiche à l’instant.</translation>
    </message>
    <message>
        <source>{field}: yours “{mine}”, theirs “{theirs}”</source>
        <translation>{field}&#xa0;: la vôtre «&#xa0;{mine}&#xa0;», la sienne «&#xa0;{theirs}&#xa0;»</translation>
    </message>
    <message>
        <source>You changed different fields: saving keeps both.</source>
        <translation>Vous avez modifié des champs différents&#xa0;: l’enregistrement garde les deux.</translation>
    </message>
</context>
<context>
    <name>CodeSignInLine</name>
    <message>
        <source>Sign in with a code</source>
        <translation>Se connecter avec un code</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>Code</translation>
    </message>
    <message>
        <source>Copy the code</source>
        <translation>Copier le code</translation>
    </message>
    <message>
        <source>Open the page</source>
        <translation>Ouvrir la page</translation>
    </message>
    <message>
        <source>Nobody has signed in yet. Ask for a code, and type it on Microsoft’s page.</source>
        <translation>Personne ne s’est encore connecté. Demandez un code, et tapez-le sur la page de Microsoft.</translation>
    </message>
    <message>
        <source>Signed in: the mailbox is read within a minute.</source>
        <translation>Connecté&#xa0;: la boîte sera lue d’ici une minute.</translation>
    </message>
    <message>
        <source>The sign-in did not work. Ask for a new code. Microsoft says: {0}</source>
        <translation>La connexion n’a pas abouti. Demandez un nouveau code. Microsoft dit&#xa0;: {0}</translation>
    </message>
    <message>
        <source>Microsoft is asked for a code…</source>
        <translation>Un code est demandé à Microsoft…</translation>
    </message>
    <message>
        <source>Open {0}, sign in as who may read the mailbox, and type this code. It is waited for here.</source>
        <translation>Ouvrez {0}, connectez-vous avec un compte qui peut lire la boîte, puis saisissez ce code. Guichet attend ici la fin de la connexion.</translation>
    </message>
    <message>
        <source>The code was copied.</source>
        <translation>Le code a été copié.</translation>
    </message>
</context>
<context>
    <name>CodesPage</name>
    <message>
        <source>Results of calls</source>
        <translation>Résultats des appels</translation>
    </message>
    <message>
        <source>Reasons of not ready</source>
        <translation>Motifs d’indisponibilité</translation>
    </message>
    <message>
        <source>Codes</source>
        <translation>Codes</translation>
    </message>
    <message>
        <source>A new one</source>
        <translation>Nouveau code</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Ajouter</translation>
    </message>
    <message>
        <source>Move up</source>
        <translation>Monter</translation>
    </message>
    <message>
        <source>Move down</source>
        <translation>Descendre</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Retirer</translation>
    </message>
</context>
<context>
    <name>Colour</name>
    <message>
        <source>As it means</source>
        <translation>Selon le sens</translation>
    </message>
    <message>
        <source>Grey</source>
        <translation>Gris</translation>
    </message>
    <message>
        <source>Blue</source>
        <translation>Bleu</translation>
    </message>
    <message>
        <source>Green</source>
        <translation>Vert</translation>
    </message>
    <message>
        <source>Amber</source>
        <translation>Orange</translation>
    </message>
    <message>
        <source>Red</source>
        <translation>Rouge</translation>
    </message>
    <message>
        <source>Violet</source>
        <translation>Violet</translation>
    </message>
    <message>
        <source>Cyan</source>
        <translation>Cyan</translation>
    </message>
    <message>
        <source>Pink</source>
        <translation>Rose</translation>
    </message>
</context>
<context>
    <name>Command</name>
    <message>
        <source>Anywhere</source>
        <translation>Partout</translation>
    </message>
    <message>
        <source>Cases</source>
        <translation>Dossiers</translation>
    </message>
    <message>
        <source>Customers</source>
        <translation>Clients</translation>
    </message>
    <message>
        <source>Tasks and reminders</source>
        <translation>Tâches et rappels</translation>
    </message>
    <message>
        <source>Calls</source>
        <translation>Appels</translation>
    </message>
    <message>
        <source>Supervision</source>
        <translation>Supervision</translation>
    </message>
    <message>
        <source>Demo</source>
        <translation>Démonstration</translation>
    </message>
    <message>
        <source>Manage</source>
        <translation>Gestion</translation>
    </message>
    <message>
        <source>Search everything</source>
        <translation>Tout chercher</translation>
    </message>
    <message>
        <source>Keys and help</source>
        <translation>Touches et aide</translation>
    </message>
    <message>
        <source>Light or dark</source>
        <translation>Clair ou sombre</translation>
    </message>
    <message>
        <source>English or French</source>
        <translation>Anglais ou français</translation>
    </message>
    <message>
        <source>Next view</source>
        <translation>Vue suivante</translation>
    </message>
    <message>
        <source>Previous view</source>
        <translation>Vue précédente</translation>
    </message>
    <message>
        <source>All views</source>
        <translation>Toutes les vues</translation>
    </message>
    <message>
        <source>New view</source>
        <translation>Nouvelle vue</translation>
    </message>
    <message>
        <source>Edit this view</source>
        <translation>Modifier cette vue</translation>
    </message>
    <message>
        <source>Change my state</source>
        <translation>Changer mon état</translation>
    </message>
    <message>
        <source>My profile and signature</source>
        <translation>Mon profil et ma signature</translation>
    </message>
    <message>
        <source>Guide to the other CRM</source>
        <translation>Guide de l’autre CRM</translation>
    </message>
    <message>
        <source>Sign out</source>
        <translation>Se déconnecter</translation>
    </message>
    <message>
        <source>New case</source>
        <translation>Nouveau dossier</translation>
    </message>
    <message>
        <source>Assign the case</source>
        <translation>Attribuer le dossier</translation>
    </message>
    <message>
        <source>Hand over the case</source>
        <translation>Confier le dossier à une équipe</translation>
    </message>
    <message>
        <source>Put the case aside</source>
        <translation>Mettre le dossier de côté</translation>
    </message>
    <message>
        <source>Edit the case</source>
        <translation>Modifier le dossier</translation>
    </message>
    <message>
        <source>Write a note</source>
        <translation>Écrire une note</translation>
    </message>
    <message>
        <source>Answer by e-mail</source>
        <translation>Répondre par courriel</translation>
    </message>
    <message>
        <source>Forward the mail</source>
        <translation>Transférer le courriel</translation>
    </message>
    <message>
        <source>Send the mail</source>
        <translation>Envoyer le courriel</translation>
    </message>
    <message>
        <source>Send and solve</source>
        <translation>Envoyer et résoudre</translation>
    </message>
    <message>
        <source>Send and wait</source>
        <translation>Envoyer et attendre</translation>
    </message>
    <message>
        <source>Take the mail back</source>
        <translation>Reprendre le courriel</translation>
    </message>
    <message>
        <source>Canned reply</source>
        <translation>Réponse type</translation>
    </message>
    <message>
        <source>Macro</source>
        <translation>Macro</translation>
    </message>
    <message>
        <source>Solve the case</source>
        <translation>Résoudre le dossier</translation>
    </message>
    <message>
        <source>Find a customer</source>
        <translation>Trouver un client</translation>
    </message>
    <message>
        <source>New customer</source>
        <translation>Nouveau client</translation>
    </message>
    <message>
        <source>Open the customer’s page</source>
        <translation>Ouvrir la fiche client</translation>
    </message>
    <message>
        <source>New task</source>
        <translation>Nouvelle tâche</translation>
    </message>
    <message>
        <source>Schedule a reminder call</source>
        <translation>Planifier un rappel téléphonique</translation>
    </message>
    <message>
        <source>Call from the reminder</source>
        <translation>Appeler depuis le rappel</translation>
    </message>
    <message>
        <source>No answer</source>
        <translation>Sans réponse</translation>
    </message>
    <message>
        <source>Snooze the reminder</source>
        <translation>Reporter le rappel</translation>
    </message>
    <message>
        <source>Take the chat</source>
        <translation>Prendre la discussion</translation>
    </message>
    <message>
        <source>Pass the chat on</source>
        <translation>Laisser passer la discussion</translation>
    </message>
    <message>
        <source>Live chats</source>
        <translation>Discussions en cours</translation>
    </message>
    <message>
        <source>Hand over the chat</source>
        <translation>Transférer la discussion</translation>
    </message>
    <message>
        <source>Check the headset</source>
        <translation>Vérifier le casque</translation>
    </message>
    <message>
        <source>Open telephone links with Guichet</source>
        <translation>Ouvrir les liens téléphoniques avec Guichet</translation>
    </message>
    <message>
        <source>Call a number</source>
        <translation>Appeler un numéro</translation>
    </message>
    <message>
        <source>Answer or take</source>
        <translation>Répondre ou prendre</translation>
    </message>
    <message>
        <source>Hold or resume</source>
        <translation>Mettre en garde ou reprendre</translation>
    </message>
    <message>
        <source>Mute</source>
        <translation>Couper le micro</translation>
    </message>
    <message>
        <source>Keypad</source>
        <translation>Clavier</translation>
    </message>
    <message>
        <source>Record, pause or go on</source>
        <translation>Enregistrer, suspendre ou reprendre</translation>
    </message>
    <message>
        <source>Transfer the call</source>
        <translation>Transférer l’appel</translation>
    </message>
    <message>
        <source>Consult first, then swap</source>
        <translation>Consulter d’abord, puis permuter</translation>
    </message>
    <message>
        <source>Merge to three</source>
        <translation>Conférence à trois</translation>
    </message>
    <message>
        <source>Hang up or reject</source>
        <translation>Raccrocher ou refuser</translation>
    </message>
    <message>
        <source>Result of the call</source>
        <translation>Résultat de l’appel</translation>
    </message>
    <message>
        <source>My calls</source>
        <translation>Mes appels</translation>
    </message>
    <message>
        <source>Listen in</source>
        <translation>Écouter</translation>
    </message>
    <message>
        <source>Whisper</source>
        <translation>Souffler à l’agent</translation>
    </message>
    <message>
        <source>Barge in</source>
        <translation>Intervenir dans l’appel</translation>
    </message>
    <message>
        <source>Leave the call</source>
        <translation>Quitter l’appel écouté</translation>
    </message>
    <message>
        <source>End the call</source>
        <translation>Mettre fin à l’appel</translation>
    </message>
    <message>
        <source>Take the waiting call</source>
        <translation>Prendre l’appel en attente</translation>
    </message>
    <message>
        <source>Move the call</source>
        <translation>Déplacer l’appel</translation>
    </message>
    <message>
        <source>Serve sooner</source>
        <translation>Avancer dans la file</translation>
    </message>
    <message>
        <source>Serve later</source>
        <translation>Reculer dans la file</translation>
    </message>
    <message>
        <source>Take over the chosen chat</source>
        <translation>Reprendre la discussion choisie</translation>
    </message>
    <message>
        <source>A customer calls</source>
        <translation>Un client appelle</translation>
    </message>
    <message>
        <source>A customer writes</source>
        <translation>Un client écrit</translation>
    </message>
    <message>
        <source>A visitor chats</source>
        <translation>Un visiteur discute</translation>
    </message>
    <message>
        <source>An SMS arrives</source>
        <translation>Un SMS arrive</translation>
    </message>
    <message>
        <source>A colleague sits down</source>
        <translation>Un collègue s’installe</translation>
    </message>
    <message>
        <source>Create team</source>
        <translation>Créer une équipe</translation>
    </message>
    <message>
        <source>Save the page</source>
        <translation>Enregistrer la page</translation>
    </message>
    <message>
        <source>The system keeps this key for itself.</source>
        <translation>Le système se réserve cette touche.</translation>
    </message>
    <message>
        <source>Ctrl+Alt types letters on many keyboards: take another key.</source>
        <translation>Ctrl+Alt écrit des lettres sur bien des claviers&#xa0;: prenez une autre touche.</translation>
    </message>
    <message>
        <source>This key types text or moves about: take it with Ctrl or Alt.</source>
        <translation>Cette touche écrit ou déplace&#xa0;: prenez-la avec Ctrl ou Alt.</translation>
    </message>
    <message>
        <source>Digits and signs lie elsewhere on other keyboards: take a letter.</source>
        <translation>Chiffres et signes changent de place d’un clavier à l’autre&#xa0;: prenez une lettre.</translation>
    </message>
</context>
<context>
    <name>Condition</name>
    <message>
        <source>Type</source>
        <translation>Type</translation>
    </message>
    <message>
        <source>State</source>
        <translation>État</translation>
    </message>
    <message>
        <source>Category of the state</source>
        <translation>Catégorie de l’état</translation>
    </message>
    <message>
        <source>Team</source>
        <translation>Équipe</translation>
    </message>
    <message>
        <source>Assigned to</source>
        <translation>Attribué à</translation>
    </message>
    <message>
        <source>Opened by</source>
        <translation>Ouvert par</translation>
    </message>
    <message>
        <source>Project</source>
        <translation>Projet</translation>
    </message>
    <message>
        <source>Priority</source>
        <translation>Priorité</translation>
    </message>
    <message>
        <source>Severity</source>
        <translation>Gravité</translation>
    </message>
    <message>
        <source>Visibility</source>
        <translation>Visibilité</translation>
    </message>
    <message>
        <source>Last channel</source>
        <translation>Dernier canal</translation>
    </message>
    <message>
        <source>Language of the case</source>
        <translation>Langue du dossier</translation>
    </message>
    <message>
        <source>Subject</source>
        <translation>Objet</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>Description</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>Étiquettes</translation>
    </message>
    <message>
        <source>Number of the case</source>
        <translation>Numéro du dossier</translation>
    </message>
    <message>
        <source>Opened at</source>
        <translation>Ouvert le</translation>
    </message>
    <message>
        <source>Last activity</source>
        <translation>Dernière activité</translation>
    </message>
    <message>
        <source>Promised for</source>
        <translation>Promis pour</translation>
    </message>
    <message>
        <source>How content the customer was</source>
        <translation>Satisfaction du client</translation>
    </message>
    <message>
        <source>Closing by its type</source>
        <translation>Fermeture selon son type</translation>
    </message>
    <message>
        <source>Customer’s name</source>
        <translation>Nom du client</translation>
    </message>
    <message>
        <source>Customer’s organisation</source>
        <translation>Organisation du client</translation>
    </message>
    <message>
        <source>Customer’s segment</source>
        <translation>Segment du client</translation>
    </message>
    <message>
        <source>Customer’s language</source>
        <translation>Langue du client</translation>
    </message>
    <message>
        <source>Customer’s address</source>
        <translation>Adresse du client</translation>
    </message>
    <message>
        <source>Customer’s number</source>
        <translation>Numéro du client</translation>
    </message>
    <message>
        <source>Team answers automatically</source>
        <translation>Réponses automatiques</translation>
    </message>
    <message>
        <source>Who did it</source>
        <translation>Auteur de l’action</translation>
    </message>
    <message>
        <source>Which agent did it</source>
        <translation>Agent à l’origine</translation>
    </message>
    <message>
        <source>Done by the assigned agent</source>
        <translation>Fait par l’agent attribué</translation>
    </message>
    <message>
        <source>Channel of the message</source>
        <translation>Canal du message</translation>
    </message>
    <message>
        <source>Text of the message</source>
        <translation>Texte du message</translation>
    </message>
    <message>
        <source>is</source>
        <translation>est</translation>
    </message>
    <message>
        <source>is not</source>
        <translation>n’est pas</translation>
    </message>
    <message>
        <source>contains</source>
        <translation>contient</translation>
    </message>
    <message>
        <source>does not contain</source>
        <translation>ne contient pas</translation>
    </message>
    <message>
        <source>starts with</source>
        <translation>commence par</translation>
    </message>
    <message>
        <source>ends with</source>
        <translation>finit par</translation>
    </message>
    <message>
        <source>is empty</source>
        <translation>est vide</translation>
    </message>
    <message>
        <source>is not empty</source>
        <translation>n’est pas vide</translation>
    </message>
    <message>
        <source>is more than</source>
        <translation>dépasse</translation>
    </message>
    <message>
        <source>is less than</source>
        <translation>est inférieur à</translation>
    </message>
    <message>
        <source>is before</source>
        <translation>est avant</translation>
    </message>
    <message>
        <source>is from … on</source>
        <translation>est à partir de</translation>
    </message>
    <message>
        <source>has passed</source>
        <translation>est passé</translation>
    </message>
    <message>
        <source>in the last</source>
        <translation>dans les derniers</translation>
    </message>
    <message>
        <source>older than</source>
        <translation>remonte à plus de</translation>
    </message>
    <message>
        <source>in the next</source>
        <translation>dans les prochains</translation>
    </message>
    <message>
        <source>public</source>
        <translation>public</translation>
    </message>
    <message>
        <source>internal</source>
        <translation>interne</translation>
    </message>
    <message>
        <source>private</source>
        <translation>privé</translation>
    </message>
    <message>
        <source>content</source>
        <translation>satisfait</translation>
    </message>
    <message>
        <source>partly content</source>
        <translation>moyennement satisfait</translation>
    </message>
    <message>
        <source>not content</source>
        <translation>pas satisfait</translation>
    </message>
    <message>
        <source>an agent</source>
        <translation>un agent</translation>
    </message>
    <message>
        <source>the customer</source>
        <translation>le client</translation>
    </message>
    <message>
        <source>an automation</source>
        <translation>une automatisation</translation>
    </message>
    <message>
        <source>Guichet itself</source>
        <translation>Guichet lui-même</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>oui</translation>
    </message>
    <message>
        <source>no</source>
        <translation>non</translation>
    </message>
    <message>
        <source>me</source>
        <translation>moi</translation>
    </message>
    <message>
        <source>my teams</source>
        <translation>mes équipes</translation>
    </message>
    <message>
        <source>minutes</source>
        <translation>minutes</translation>
    </message>
    <message>
        <source>hours</source>
        <translation>heures</translation>
    </message>
    <message>
        <source>days</source>
        <translation>jours</translation>
    </message>
    <message>
        <source>A field that it asks for is not there any more.</source>
        <translation>Un champ demandé n’existe plus.</translation>
    </message>
    <message>
        <source>{field}: what is compared with is not there any more.</source>
        <translation>{field}&#xa0;: la valeur comparée n’existe plus.</translation>
    </message>
    <message>
        <source>{field} cannot be compared like this.</source>
        <translation>{field}&#xa0;: cette comparaison n’est pas possible.</translation>
    </message>
    <message>
        <source>{field}: say what it is compared with.</source>
        <translation>{field}&#xa0;: indiquez la valeur à comparer.</translation>
    </message>
    <message>
        <source>{field}: “{value}” cannot be read.</source>
        <translation>{field}&#xa0;: «&#xa0;{value}&#xa0;» n’est pas lisible.</translation>
    </message>
    <message>
        <source>There are too many conditions, or too many groups.</source>
        <translation>Il y a trop de conditions, ou trop de groupes.</translation>
    </message>
    <message>
        <source>Customer: {label}</source>
        <translation>Client&#xa0;: {label}</translation>
    </message>
    <message>
        <source>(removed)</source>
        <translation>(supprimé)</translation>
    </message>
    <message>
        <source> or </source>
        <translation> ou </translation>
    </message>
    <message>
        <source> and </source>
        <translation> et </translation>
    </message>
</context>
<context>
    <name>ConsultationPage</name>
    <message>
        <source>Swap</source>
        <translation>Permuter</translation>
    </message>
    <message>
        <source>Merge to three</source>
        <translation>Conférence à trois</translation>
    </message>
    <message>
        <source>Back to the caller</source>
        <translation>Revenir à l’appelant</translation>
    </message>
    <message>
        <source>Consultation</source>
        <translation>Consultation</translation>
    </message>
    <message>
        <source>The case and its history</source>
        <translation>Le dossier et son historique</translation>
    </message>
    <message>
        <source>Your note, as you type it</source>
        <translation>Votre note, au fil de la frappe</translation>
    </message>
    <message>
        <source>The colleague</source>
        <translation>Le collègue</translation>
    </message>
    <message>
        <source>Talks to you</source>
        <translation>Vous parle</translation>
    </message>
    <message>
        <source>On hold, hears music</source>
        <translation>En garde, entend la musique</translation>
    </message>
    <message>
        <source>Rings</source>
        <translation>Sonne</translation>
    </message>
    <message>
        <source>{0} has on screen</source>
        <translation>{0} a sous les yeux</translation>
    </message>
    <message>
        <source>Complete: {0} takes the call</source>
        <translation>Terminer&#xa0;: {0} prend l’appel</translation>
    </message>
    <message>
        <source>If {0} hangs up, you are back with the caller.</source>
        <translation>Si {0} raccroche, vous retrouvez l’appelant.</translation>
    </message>
</context>
<context>
    <name>CreateTeamDialog</name>
    <message>
        <source>Create team</source>
        <translation>Créer une équipe</translation>
    </message>
    <message>
        <source>Nobody yet</source>
        <translation>Personne pour l’instant</translation>
    </message>
    <message>
        <source>Choose a team</source>
        <translation>Choisir une équipe</translation>
    </message>
    <message>
        <source>Only teams with a number are offered.</source>
        <translation>Seules les équipes avec un numéro sont proposées.</translation>
    </message>
    <message>
        <source>Yes</source>
        <translation>Oui</translation>
    </message>
    <message>
        <source>Customers dial it directly. Its number comes next.</source>
        <translation>Les clients l’appellent directement. Son numéro vient ensuite.</translation>
    </message>
    <message>
        <source>No, make a sub-team</source>
        <translation>Non, créer une sous-équipe</translation>
    </message>
    <message>
        <source>Calls and messages come through a team with a number.</source>
        <translation>Appels et messages passent par une équipe qui a un numéro.</translation>
    </message>
    <message>
        <source>Mandatory for a sub-team: every case needs a number for outgoing communication. Any team with a number may be chosen.</source>
        <translation>Obligatoire pour une sous-équipe&#xa0;: chaque dossier a besoin d’un numéro pour communiquer. Toute équipe avec un numéro convient.</translation>
    </message>
    <message>
        <source>Team name</source>
        <translation>Nom de l’équipe</translation>
    </message>
    <message>
        <source>Phone number</source>
        <translation>Numéro de téléphone</translation>
    </message>
    <message>
        <source>The number that customers dial.</source>
        <translation>Le numéro que composent les clients.</translation>
    </message>
    <message>
        <source>Default communication team</source>
        <translation>Équipe de communication par défaut</translation>
    </message>
    <message>
        <source>A sub-team cannot receive direct calls, and cannot send broadcasts. It can be given a number later.</source>
        <translation>Une sous-équipe ne reçoit pas d’appels directs et n’envoie pas de diffusions. Un numéro peut lui être donné plus tard.</translation>
    </message>
    <message>
        <source>Lead</source>
        <translation>Responsable d’équipe</translation>
    </message>
    <message>
        <source>Does this team need its own phone number?</source>
        <translation>Cette équipe a-t-elle besoin de son propre numéro&#x202f;?</translation>
    </message>
    <message>
        <source>Tab to move, Space to choose</source>
        <translation>Tab pour avancer, Espace pour choisir</translation>
    </message>
    <message>
        <source>Answer this question first.</source>
        <translation>Répondez d’abord à cette question.</translation>
    </message>
    <message>
        <source>Create sub-team</source>
        <translation>Créer la sous-équipe</translation>
    </message>
</context>
<context>
    <name>CustomFields</name>
    <message>
        <source>Choose</source>
        <translation>Choisir</translation>
    </message>
    <message>
        <source>Nothing</source>
        <translation>Aucun</translation>
    </message>
    <message>
        <source>Yes</source>
        <translation>Oui</translation>
    </message>
    <message>
        <source>No</source>
        <translation>Non</translation>
    </message>
</context>
<context>
    <name>CustomerDialog</name>
    <message>
        <source>Telephone</source>
        <translation>Téléphone</translation>
    </message>
    <message>
        <source>E-mail</source>
        <translation>Courriel</translation>
    </message>
    <message>
        <source>SMS</source>
        <translation>SMS</translation>
    </message>
    <message>
        <source>Chat</source>
        <translation>Discussion</translation>
    </message>
    <message>
        <source>New customer</source>
        <translation>Nouveau client</translation>
    </message>
    <message>
        <source>Edit customer</source>
        <translation>Modifier le client</translation>
    </message>
    <message>
        <source>Create customer</source>
        <translation>Créer le client</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Enregistrer</translation>
    </message>
    <message>
        <source>A last name or an organisation is needed.</source>
        <translation>Un nom ou une organisation est nécessaire.</translation>
    </message>
    <message>
        <source>given when saved</source>
        <translation>donné à l’enregistrement</translation>
    </message>
    <message>
        <source>Do not call this customer</source>
        <translation>Ne pas appeler ce client</translation>
    </message>
    <message>
        <source>First name</source>
        <translation>Prénom</translation>
    </message>
    <message>
        <source>Last name</source>
        <translation>Nom</translation>
    </message>
    <message>
        <source>Organisation</source>
        <translation>Organisation</translation>
    </message>
    <message>
        <source>Account number</source>
        <translation>Numéro de compte</translation>
    </message>
    <message>
        <source>May be called from</source>
        <translation>Peut être appelé de</translation>
    </message>
    <message>
        <source>until</source>
        <translation>à</translation>
    </message>
    <message>
        <source>Pinned note</source>
        <translation>Note épinglée</translation>
    </message>
    <message>
        <source>Time zone</source>
        <translation>Fuseau horaire</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Langue</translation>
    </message>
    <message>
        <source>Preferred channel</source>
        <translation>Canal préféré</translation>
    </message>
    <message>
        <source>label</source>
        <translation>libellé</translation>
    </message>
    <message>
        <source>One more</source>
        <translation>Ajouter</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Adresse</translation>
    </message>
</context>
<context>
    <name>CustomerPanel</name>
    <message>
        <source>Account {0}</source>
        <translation>Compte {0}</translation>
    </message>
    <message>
        <source>{0} at the customer’s</source>
        <translation>{0} chez le client</translation>
    </message>
    <message>
        <source>Do not call this customer.</source>
        <translation>Ne pas appeler ce client.</translation>
    </message>
    <message>
        <source>Call between {0} and {1}.</source>
        <translation>Appeler entre {0} et {1}.</translation>
    </message>
    <message>
        <source>Pinned note</source>
        <translation>Note épinglée</translation>
    </message>
    <message>
        <source>Call {0}</source>
        <translation>Appeler {0}</translation>
    </message>
    <message>
        <source>Tasks and reminders</source>
        <translation>Tâches et rappels</translation>
    </message>
    <message>
        <source>no date</source>
        <translation>sans date</translation>
    </message>
    <message>
        <source>late: {0}</source>
        <translation>en retard&#xa0;: {0}</translation>
    </message>
    <message>
        <source>Case</source>
        <translation>Dossier</translation>
    </message>
    <message>
        <source>Linked cases</source>
        <translation>Dossiers liés</translation>
    </message>
    <message>
        <source>not yours to see</source>
        <translation>pas visible pour vous</translation>
    </message>
    <message>
        <source>Take the link with {0} away</source>
        <translation>Retirer le lien avec {0}</translation>
    </message>
    <message>
        <source>Other cases</source>
        <translation>Autres dossiers</translation>
    </message>
</context>
<context>
    <name>CustomerView</name>
    <message>
        <source>New case</source>
        <translation>Nouveau dossier</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>Modifier</translation>
    </message>
    <message>
        <source>Merge with another record</source>
        <translation>Fusionner avec une autre fiche</translation>
    </message>
    <message>
        <source>Overview</source>
        <translation>Aperçu</translation>
    </message>
    <message>
        <source>History</source>
        <translation>Historique</translation>
    </message>
    <message>
        <source>Parts of the customer</source>
        <translation>Parties de la fiche</translation>
    </message>
    <message>
        <source>No customer is open</source>
        <translation>Aucun client n’est ouvert</translation>
    </message>
    <message>
        <source>Find one with Ctrl+F.</source>
        <translation>Trouvez-en un avec Ctrl+F.</translation>
    </message>
    <message>
        <source>Pinned note</source>
        <translation>Note épinglée</translation>
    </message>
    <message>
        <source>Do not call</source>
        <translation>Ne pas appeler</translation>
    </message>
    <message>
        <source>Account {0}</source>
        <translation>Compte {0}</translation>
    </message>
    <message>
        <source>customer since {0}</source>
        <translation>client depuis {0}</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Réessayer</translation>
    </message>
    <message>
        <source>Try {0} again</source>
        <translation>Réessayer {0}</translation>
    </message>
    <message>
        <source>Mail came back ({0}): {1}</source>
        <translation>Courriel revenu ({0})&#xa0;: {1}</translation>
    </message>
    <message>
        <source>Mail did not get through ({0}): {1}</source>
        <translation>Courriel non passé ({0})&#xa0;: {1}</translation>
    </message>
    <message>
        <source>Contact</source>
        <translation>Contact</translation>
    </message>
    <message>
        <source>Call</source>
        <translation>Appeler</translation>
    </message>
    <message>
        <source>Call {0}</source>
        <translation>Appeler {0}</translation>
    </message>
    <message>
        <source>{0} at the customer’s</source>
        <translation>{0} chez le client</translation>
    </message>
    <message>
        <source>Call between {0} and {1}.</source>
        <translation>Appeler entre {0} et {1}.</translation>
    </message>
    <message>
        <source>Fields</source>
        <translation>Champs</translation>
    </message>
    <message>
        <source>Yes</source>
        <translation>Oui</translation>
    </message>
    <message>
        <source>No</source>
        <translation>Non</translation>
    </message>
    <message>
        <source>Nothing is filled in.</source>
        <translation>Aucun champ n’est rempli.</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Tous</translation>
    </message>
    <message>
        <source>Still open</source>
        <translation>Ouverts</translation>
    </message>
    <message>
        <source>Cases</source>
        <translation>Dossiers</translation>
    </message>
    <message>
        <source>No open case.</source>
        <translation>Aucun dossier ouvert.</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Ajouter</translation>
    </message>
    <message>
        <source>Tasks</source>
        <translation>Tâches</translation>
    </message>
    <message>
        <source>no date</source>
        <translation>sans date</translation>
    </message>
    <message>
        <source>late: {0}</source>
        <translation>en retard&#xa0;: {0}</translation>
    </message>
    <message>
        <source>Nothing is planned.</source>
        <translation>Rien n’est planifié.</translation>
    </message>
    <message>
        <source>Last changes</source>
        <translation>Derniers changements</translation>
    </message>
</context>
<context>
    <name>Delivery</name>
    <message>
        <source>waiting</source>
        <translation>en attente</translation>
    </message>
    <message>
        <source>being sent</source>
        <translation>en cours d’envoi</translation>
    </message>
    <message>
        <source>delivered</source>
        <translation>remis</translation>
    </message>
    <message>
        <source>tried again at {0}</source>
        <translation>nouvel essai&#xa0;: {0}</translation>
    </message>
    <message>
        <source>not delivered</source>
        <translation>non remis</translation>
    </message>
    <message>
        <source>not known to have arrived</source>
        <translation>arrivée inconnue</translation>
    </message>
    <message>
        <source>taken back</source>
        <translation>repris</translation>
    </message>
    <message>
        <source>leaves {0}: the mailbox has sent as many as it may in a minute</source>
        <translation>part {0}&#xa0;: la boîte a envoyé autant qu’elle le peut en une minute</translation>
    </message>
    <message>
        <source>handed over</source>
        <translation>remis à l’opérateur</translation>
    </message>
</context>
<context>
    <name>Desk</name>
    <message>
        <source>Something went wrong in Guichet. You can go on working.</source>
        <translation>Une erreur s’est produite dans Guichet. Vous pouvez continuer à travailler.</translation>
    </message>
    <message>
        <source>Telephone links of this computer now open in Guichet.</source>
        <translation>Les liens téléphoniques de cet ordinateur s’ouvrent désormais dans Guichet.</translation>
    </message>
    <message>
        <source>Type your name for signing in.</source>
        <translation>Saisissez votre nom de connexion.</translation>
    </message>
    <message>
        <source>Type your password.</source>
        <translation>Saisissez votre mot de passe.</translation>
    </message>
    <message>
        <source>The case was created.</source>
        <translation>Le dossier est créé.</translation>
    </message>
    <message>
        <source>The case you began is still here.</source>
        <translation>Le dossier que vous aviez commencé est toujours là.</translation>
    </message>
    <message>
        <source>Go on with it</source>
        <translation>Continuer</translation>
    </message>
    <message>
        <source>A mail you began is still here.</source>
        <translation>Un courriel que vous aviez commencé est toujours là.</translation>
    </message>
    <message>
        <source>A note you began is still here.</source>
        <translation>Une note que vous aviez commencée est toujours là.</translation>
    </message>
    <message>
        <source>The team was created.</source>
        <translation>L’équipe est créée.</translation>
    </message>
    <message>
        <source>Your phone is not connected to the switch yet.</source>
        <translation>Votre téléphone n’est pas encore relié au commutateur.</translation>
    </message>
    <message>
        <source>This is not a number that can be called.</source>
        <translation>Ce numéro ne peut pas être appelé.</translation>
    </message>
    <message>
        <source>You have too many calls. End one first.</source>
        <translation>Vous avez trop d’appels. Terminez-en un d’abord.</translation>
    </message>
    <message>
        <source>The phone stopped. It starts again by itself.</source>
        <translation>Le téléphone s’est arrêté. Il redémarre de lui-même.</translation>
    </message>
    <message>
        <source>{name} is gone: {other} is used now.</source>
        <translation>{name} n’est plus là&#xa0;: {other} prend le relais.</translation>
    </message>
    <message>
        <source>{name} is gone, and no other device is there: connect a headset.</source>
        <translation>{name} n’est plus là et aucun autre appareil ne le remplace&#xa0;: branchez un casque.</translation>
    </message>
    <message>
        <source>The phone could not do that. Try once more.</source>
        <translation>Le téléphone n’a pas pu le faire. Essayez encore une fois.</translation>
    </message>
    <message>
        <source>This device does not open. Choose another one.</source>
        <translation>Cet appareil ne s’ouvre pas. Choisissez-en un autre.</translation>
    </message>
    <message>
        <source>The check could not be made now. Try again when no call is going on.</source>
        <translation>La vérification n’a pas pu se faire. Réessayez sans appel en cours.</translation>
    </message>
    <message>
        <source>This customer does not want to be called.</source>
        <translation>Ce client ne souhaite pas être appelé.</translation>
    </message>
    <message>
        <source>Calls are welcome between {begins} and {ends}, the customer’s time. Press again to call all the same.</source>
        <translation>Appels entre {begins} et {ends}, heure du client. Appuyez encore pour appeler quand même.</translation>
    </message>
    <message>
        <source>Done.</source>
        <translation>C’est fait.</translation>
    </message>
    <message>
        <source>No answer: counted, the next try is planned.</source>
        <translation>Sans réponse&#xa0;: compté, le prochain essai est planifié.</translation>
    </message>
    <message>
        <source>The reminder rings again later.</source>
        <translation>Le rappel sonnera de nouveau plus tard.</translation>
    </message>
    <message>
        <source>The server is away: kept here and told to it later.</source>
        <translation>Le serveur est absent&#xa0;: gardé ici et transmis plus tard.</translation>
    </message>
    <message>
        <source>Call back</source>
        <translation>Rappeler</translation>
    </message>
    <message>
        <source>History of the case</source>
        <translation>Historique du dossier</translation>
    </message>
    <message>
        <source>Saved: {0}</source>
        <translation>Enregistré&#xa0;: {0}</translation>
    </message>
    <message>
        <source>Attach a file</source>
        <translation>Joindre un fichier</translation>
    </message>
    <message>
        <source>Save the file</source>
        <translation>Enregistrer le fichier</translation>
    </message>
    <message>
        <source>The case was saved.</source>
        <translation>Le dossier est enregistré.</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>The server is away: your note is kept here and filed by itself.</source>
        <translation>Le serveur est absent&#xa0;: votre note est gardée ici et sera classée d’elle-même.</translation>
    </message>
    <message>
        <source>Mend what is marked, then switch the automation on.</source>
        <translation>Corrigez ce qui est marqué, puis activez l’automatisation.</translation>
    </message>
    <message>
        <source>Save or discard what you changed here first.</source>
        <translation>Enregistrez ou annulez d’abord ce que vous avez changé ici.</translation>
    </message>
    <message>
        <source>Your request is with those who manage automations.</source>
        <translation>Votre demande est transmise aux personnes qui gèrent les automatisations.</translation>
    </message>
    <message>
        <source>{done} of {all} cases changed.</source>
        <translation>{done} dossiers sur {all} modifiés.</translation>
    </message>
    <message>
        <source>A colleague merged this record into another one. Copy what you typed to that one.</source>
        <translation>Un collègue a fusionné cette fiche dans une autre. Copiez-y ce que vous avez saisi.</translation>
    </message>
    <message>
        <source>Which macro</source>
        <translation>Quelle macro</translation>
    </message>
    <message>
        <source>There is no macro. Make one in Manage.</source>
        <translation>Il n’y a pas de macro. Créez-en une dans Gestion.</translation>
    </message>
    <message>
        <source>Which reply</source>
        <translation>Quelle réponse</translation>
    </message>
    <message>
        <source>There is no reply. Make one in Manage.</source>
        <translation>Il n’y a pas de réponse type. Créez-en une dans Gestion.</translation>
    </message>
    <message>
        <source>Your profile was saved.</source>
        <translation>Votre profil est enregistré.</translation>
    </message>
    <message>
        <source>The mail is a case of its own now.</source>
        <translation>Le courriel est maintenant un dossier à part.</translation>
    </message>
    <message>
        <source>{0} has answered on your case {1}: {2}</source>
        <translation>{0} a répondu sur votre dossier {1}&#xa0;: {2}</translation>
    </message>
    <message>
        <source>{0} · case {1}: {2}</source>
        <translation>{0} · dossier {1}&#xa0;: {2}</translation>
    </message>
    <message>
        <source>No chat is going on.</source>
        <translation>Aucune discussion n’est en cours.</translation>
    </message>
    <message>
        <source>Which chat</source>
        <translation>Quelle discussion</translation>
    </message>
    <message>
        <source>Hand the chat over to</source>
        <translation>Transférer la discussion à</translation>
    </message>
    <message>
        <source>waits</source>
        <translation>attend</translation>
    </message>
    <message>
        <source>{0} new</source>
        <translation>non lus&#xa0;: {0}</translation>
    </message>
    <message>
        <source>chat waits</source>
        <translation>discussion en attente</translation>
    </message>
    <message>
        <source>read</source>
        <translation>lu</translation>
    </message>
    <message>
        <source>arrived</source>
        <translation>arrivé</translation>
    </message>
    <message>
        <source>sent</source>
        <translation>envoyé</translation>
    </message>
    <message>
        <source>Open the case</source>
        <translation>Ouvrir le dossier</translation>
    </message>
    <message>
        <source>Put a picture in</source>
        <translation>Insérer une image</translation>
    </message>
    <message>
        <source>The view was saved.</source>
        <translation>La vue a été enregistrée.</translation>
    </message>
    <message>
        <source>Handed over; it is number {number} there.</source>
        <translation>Confié&#x202f;; il y porte le numéro {number}.</translation>
    </message>
    <message>
        <source>Until the customer answers</source>
        <translation>Jusqu’à la réponse du client</translation>
    </message>
    <message>
        <source>Until tomorrow, 9:00</source>
        <translation>Jusqu’à demain, 9 h</translation>
    </message>
    <message>
        <source>For three days</source>
        <translation>Trois jours</translation>
    </message>
    <message>
        <source>For a week</source>
        <translation>Une semaine</translation>
    </message>
    <message>
        <source>Until an exact time…</source>
        <translation>Jusqu’à une date précise…</translation>
    </message>
    <message>
        <source>Put the case aside</source>
        <translation>Mettre le dossier de côté</translation>
    </message>
    <message>
        <source>Take up again: {0}</source>
        <translation>Reprendre&#xa0;: {0}</translation>
    </message>
    <message>
        <source>Link another case</source>
        <translation>Lier un autre dossier</translation>
    </message>
    <message>
        <source>Link</source>
        <translation>Lier</translation>
    </message>
    <message>
        <source>The link is taken away.</source>
        <translation>Le lien est retiré.</translation>
    </message>
    <message>
        <source>Name a colleague</source>
        <translation>Mentionner un collègue</translation>
    </message>
    <message>
        <source>{who} names you in {case}: {said}</source>
        <translation>{who} vous mentionne dans {case}&#xa0;: {said}</translation>
    </message>
    <message>
        <source>You watch {case}: {said}</source>
        <translation>Vous suivez {case}&#xa0;: {said}</translation>
    </message>
    <message>
        <source>{who} has answered on your case {case}: {said}</source>
        <translation>{who} a répondu dans votre dossier {case}&#xa0;: {said}</translation>
    </message>
    <message>
        <source>{who} · case {case}: {said}</source>
        <translation>{who} · dossier {case}&#xa0;: {said}</translation>
    </message>
    <message>
        <source>Open it</source>
        <translation>Ouvrir</translation>
    </message>
    <message>
        <source>Put aside until {day}; an answer of the customer wakes it.</source>
        <translation>Mis de côté jusqu’au {day}&#x202f;; une réponse du client le réveille.</translation>
    </message>
    <message>
        <source>Put aside until the customer answers.</source>
        <translation>Mis de côté jusqu’à la réponse du client.</translation>
    </message>
    <message>
        <source>These figures do not come by mail any more.</source>
        <translation>Ces chiffres ne sont plus envoyés par courriel.</translation>
    </message>
    <message>
        <source>These figures come to {address} every Monday, first on {day}.</source>
        <translation>Ces chiffres arrivent à {address} chaque lundi, pour la première fois le {day}.</translation>
    </message>
    <message>
        <source>Keep the figures</source>
        <translation>Garder les chiffres</translation>
    </message>
    <message>
        <source>The figures are in {0}.</source>
        <translation>Les chiffres sont dans {0}.</translation>
    </message>
    <message>
        <source>{0} cannot be written. Choose another place.</source>
        <translation>{0} ne peut pas être écrit. Choisissez un autre emplacement.</translation>
    </message>
    <message>
        <source>Reports</source>
        <translation>Rapports</translation>
    </message>
    <message>
        <source>The demo does not answer. Start it again with build/run.</source>
        <translation>La démonstration ne répond pas. Relancez-la avec build/run.</translation>
    </message>
    <message>
        <source>This was not sent, attach it again: {names}</source>
        <translation>Ceci n’a pas été envoyé, joignez-le à nouveau&#x202f;: {names}</translation>
    </message>
    <message>
        <source>The hub has not answered: is it running?</source>
        <translation>Le hub n’a pas répondu&#x202f;: est-il lancé&#x202f;?</translation>
    </message>
    <message>
        <source>No line works ({names}): Trunks says why.</source>
        <translation>Aucune ligne ne fonctionne ({names})&#x202f;: la page Lignes dit pourquoi.</translation>
    </message>
    <message>
        <source>The provider refuses the account or its secret: check them under SMS.</source>
        <translation>L’opérateur refuse le compte ou son secret&#x202f;: vérifiez-les dans SMS.</translation>
    </message>
    <message>
        <source>The provider does not answer: check its web address under SMS.</source>
        <translation>L’opérateur ne répond pas&#x202f;: vérifiez son adresse web dans SMS.</translation>
    </message>
    <message>
        <source>SMS go out and none comes in: say under SMS where the provider reaches this hub.</source>
        <translation>Les SMS partent et aucun n’arrive&#x202f;: indiquez dans SMS où l’opérateur joint ce hub.</translation>
    </message>
    <message>
        <source>It has no address yet: say under Portal where customers reach the hub.</source>
        <translation>Pas encore d’adresse&#x202f;: indiquez dans Portail où les clients joignent le hub.</translation>
    </message>
    <message>
        <source>Nothing answers there as it should: is the hub running, and does the address lead to it?</source>
        <translation>Rien n’y répond comme il faut&#x202f;: le hub est-il lancé, et l’adresse y mène-t-elle&#x202f;?</translation>
    </message>
    <message>
        <source>The mail server is not reached: check its name and port in EmailHub.</source>
        <translation>Le serveur de courriel est injoignable&#x202f;: vérifiez son nom et son port dans EmailHub.</translation>
    </message>
    <message>
        <source>The mail server refuses the account: check the password in EmailHub.</source>
        <translation>Le serveur de courriel refuse le compte&#x202f;: vérifiez le mot de passe dans EmailHub.</translation>
    </message>
    <message>
        <source>There is no such folder in the mailbox: check its name in EmailHub.</source>
        <translation>Ce dossier n’existe pas dans la boîte&#x202f;: vérifiez son nom dans EmailHub.</translation>
    </message>
    <message>
        <source>Mail comes in, the server that sends does not answer: see EmailHub.</source>
        <translation>Les courriels arrivent, le serveur d’envoi ne répond pas&#x202f;: voyez EmailHub.</translation>
    </message>
    <message>
        <source>Mail comes in, the address may not send: ask whoever runs the server.</source>
        <translation>Les courriels arrivent, l’adresse n’a pas le droit d’envoyer&#x202f;: demandez à qui gère le serveur.</translation>
    </message>
    <message>
        <source>Mail comes in and goes out.</source>
        <translation>Les courriels arrivent et partent.</translation>
    </message>
    <message>
        <source>No line brings calls from outside: add one under Trunks.</source>
        <translation>Aucune ligne n’amène d’appels de l’extérieur&#x202f;: ajoutez-en une dans Lignes.</translation>
    </message>
    <message>
        <source>The line works. {team} is closed now: callers hear so.</source>
        <translation>La ligne fonctionne. {team} est fermé en ce moment&#x202f;: on le dit à qui appelle.</translation>
    </message>
    <message>
        <source>The line works. A call now goes to {who}.</source>
        <translation>La ligne fonctionne. Un appel irait maintenant à {who}.</translation>
    </message>
    <message>
        <source>This number takes no SMS: set it up under SMS.</source>
        <translation>Ce numéro ne reçoit pas de SMS&#x202f;: réglez-le dans SMS.</translation>
    </message>
    <message>
        <source>The provider answers and knows the account.</source>
        <translation>L’opérateur répond et connaît le compte.</translation>
    </message>
    <message>
        <source>The line that carries SMS works.</source>
        <translation>La ligne qui porte les SMS fonctionne.</translation>
    </message>
    <message>
        <source>The page is there.</source>
        <translation>La page est là.</translation>
    </message>
</context>
<context>
    <name>DialDialog</name>
    <message>
        <source>Call a number</source>
        <translation>Appeler un numéro</translation>
    </message>
    <message>
        <source>Number, or sip: address</source>
        <translation>Numéro ou adresse sip:</translation>
    </message>
    <message>
        <source>The other side sees {0}.</source>
        <translation>Votre correspondant verra le {0}.</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>Numéro</translation>
    </message>
    <message>
        <source>Call</source>
        <translation>Appeler</translation>
    </message>
    <message>
        <source>This is not a number that can be called.</source>
        <translation>Ce numéro ne peut pas être appelé.</translation>
    </message>
</context>
<context>
    <name>Dialog</name>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
</context>
<context>
    <name>Disposition</name>
    <message>
        <source>Answered</source>
        <translation>Répondu</translation>
    </message>
    <message>
        <source>Solved</source>
        <translation>Résolu</translation>
    </message>
    <message>
        <source>Information given</source>
        <translation>Information donnée</translation>
    </message>
    <message>
        <source>To call back</source>
        <translation>À rappeler</translation>
    </message>
    <message>
        <source>Handed over</source>
        <translation>Transmis</translation>
    </message>
    <message>
        <source>No answer</source>
        <translation>Sans réponse</translation>
    </message>
    <message>
        <source>Wrong number</source>
        <translation>Faux numéro</translation>
    </message>
</context>
<context>
    <name>EmailHubView</name>
    <message>
        <source>Team</source>
        <translation>Équipe</translation>
    </message>
    <message>
        <source>This team receives and sends mail</source>
        <translation>Cette équipe reçoit et envoie du courrier</translation>
    </message>
    <message>
        <source>Addresses and sender</source>
        <translation>Adresses et expéditeur</translation>
    </message>
    <message>
        <source>Mailbox</source>
        <translation>Boîte aux lettres</translation>
    </message>
    <message>
        <source>Automatic replies</source>
        <translation>Réponses automatiques</translation>
    </message>
    <message>
        <source>Parts of the page</source>
        <translation>Parties de la page</translation>
    </message>
    <message>
        <source>A sub-team has no EmailHub.</source>
        <translation>Une sous-équipe n’a pas d’EmailHub.</translation>
    </message>
    <message>
        <source>Its mail leaves from the communication team of the case, and comes back to it.</source>
        <translation>Son courrier part de l’équipe de communication du dossier, et y revient.</translation>
    </message>
</context>
<context>
    <name>Event</name>
    <message>
        <source>Case created</source>
        <translation>Dossier créé</translation>
    </message>
    <message>
        <source>Handed over</source>
        <translation>Confié à une équipe</translation>
    </message>
    <message>
        <source>Assigned</source>
        <translation>Attribué</translation>
    </message>
    <message>
        <source>Solved</source>
        <translation>Résolu</translation>
    </message>
    <message>
        <source>Merged</source>
        <translation>Fusionné</translation>
    </message>
    <message>
        <source>Merged into another case</source>
        <translation>Fusionné dans un autre dossier</translation>
    </message>
    <message>
        <source>Goes on with an earlier case</source>
        <translation>Suite d’un dossier antérieur</translation>
    </message>
    <message>
        <source>Went on in another case</source>
        <translation>Continué dans un autre dossier</translation>
    </message>
    <message>
        <source>Split off from another case</source>
        <translation>Détaché d’un autre dossier</translation>
    </message>
    <message>
        <source>A part was split off</source>
        <translation>Une partie a été détachée</translation>
    </message>
    <message>
        <source>Linked with another case</source>
        <translation>Lié à un autre dossier</translation>
    </message>
    <message>
        <source>Link taken back</source>
        <translation>Lien retiré</translation>
    </message>
    <message>
        <source>Handed over to another organisation</source>
        <translation>Confié à une autre organisation</translation>
    </message>
    <message>
        <source>Came from another organisation</source>
        <translation>Venu d’une autre organisation</translation>
    </message>
    <message>
        <source>Customer asked how it went</source>
        <translation>Client interrogé sur sa satisfaction</translation>
    </message>
    <message>
        <source>Customer is content</source>
        <translation>Client satisfait</translation>
    </message>
    <message>
        <source>Customer is fairly content</source>
        <translation>Client plutôt satisfait</translation>
    </message>
    <message>
        <source>Customer is not content</source>
        <translation>Client non satisfait</translation>
    </message>
    <message>
        <source>A mail of case {0} became this case</source>
        <translation>Un courriel du dossier {0} est devenu ce dossier</translation>
    </message>
    <message>
        <source>A mail became case {0}</source>
        <translation>Un courriel est devenu le dossier {0}</translation>
    </message>
    <message>
        <source>The visitor ended the chat</source>
        <translation>Le visiteur a terminé la discussion</translation>
    </message>
    <message>
        <source>Chat ended</source>
        <translation>Discussion terminée</translation>
    </message>
    <message>
        <source>Chat ended, since nobody wrote</source>
        <translation>Discussion terminée, car personne n’écrivait</translation>
    </message>
    <message>
        <source>The visitor left before anybody answered</source>
        <translation>Le visiteur est parti avant toute réponse</translation>
    </message>
    <message>
        <source>Opened by another program</source>
        <translation>Ouvert par un autre programme</translation>
    </message>
    <message>
        <source>Called solved by the customer in the portal</source>
        <translation>Déclaré résolu par le client sur le portail</translation>
    </message>
</context>
<context>
    <name>Evidence</name>
    <message>
        <source>How far back</source>
        <translation>Jusqu’où remonter</translation>
    </message>
    <message>
        <source>Replay</source>
        <translation>Rejouer</translation>
    </message>
    <message>
        <source>Time machine</source>
        <translation>Rejouer le passé</translation>
    </message>
    <message>
        <source>events replayed</source>
        <translation>événements rejoués</translation>
    </message>
    <message>
        <source>cases different</source>
        <translation>dossiers changeraient</translation>
    </message>
    <message>
        <source>replies would go out</source>
        <translation>réponses partiraient</translation>
    </message>
    <message>
        <source>loops would begin</source>
        <translation>boucles débuteraient</translation>
    </message>
    <message>
        <source>The guard stops it after a few times. Narrow the objects or the trigger, then replay again.</source>
        <translation>La garde l’arrête après quelques fois. Restreignez les objets ou le déclencheur, puis rejouez.</translation>
    </message>
    <message>
        <source>It would set itself off again.</source>
        <translation>Elle se redéclencherait elle-même.</translation>
    </message>
    <message>
        <source>last {0} days</source>
        <translation>{0} derniers jours</translation>
    </message>
    <message>
        <source>The hub replays what really happened…</source>
        <translation>Le serveur Guichet rejoue ce qui s’est vraiment passé…</translation>
    </message>
    <message>
        <source>Replay it before you switch it on: nothing is sent and nothing is changed.</source>
        <translation>Rejouez avant d’activer&#xa0;: rien n’est envoyé, rien n’est modifié.</translation>
    </message>
    <message>
        <source>replayed in {0} s · nothing was sent</source>
        <translation>rejoué en {0} s · rien n’a été envoyé</translation>
    </message>
</context>
<context>
    <name>ExportPage</name>
    <message>
        <source>Target</source>
        <translation>Destination</translation>
    </message>
    <message>
        <source>Nothing is sent anywhere.</source>
        <translation>Rien n’est envoyé nulle part.</translation>
    </message>
    <message>
        <source>A target gets every change of cases, customers, calls and tasks, and what was there before.</source>
        <translation>Une destination reçoit chaque changement des dossiers, clients, appels et tâches, et ce qui existait déjà.</translation>
    </message>
    <message>
        <source>Export feed</source>
        <translation>Flux d’export</translation>
    </message>
    <message>
        <source>New target</source>
        <translation>Nouvelle destination</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Retirer</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>Envoyer</translation>
    </message>
    <message>
        <source>A name; the folder is made below “exports” in the hub’s own.</source>
        <translation>Un nom&#x202f;; le dossier est créé sous «&#xa0;exports&#xa0;» dans celui du serveur Guichet.</translation>
    </message>
    <message>
        <source>Signs each batch (HMAC-SHA256). It is never shown again; empty keeps the one there is.</source>
        <translation>Signe chaque envoi (HMAC-SHA256). Il n’est plus jamais affiché&#x202f;; laissé vide, l’actuel est conservé.</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nom</translation>
    </message>
    <message>
        <source>Web address</source>
        <translation>Adresse web</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Dossier de fichiers</translation>
    </message>
    <message>
        <source>Secret</source>
        <translation>Secret</translation>
    </message>
    <message>
        <source>Way</source>
        <translation>Moyen</translation>
    </message>
    <message>
        <source>JSON lines by HTTPS</source>
        <translation>Lignes JSON par HTTPS</translation>
    </message>
    <message>
        <source>Files in a folder</source>
        <translation>Fichiers dans un dossier</translation>
    </message>
    <message>
        <source>It does not answer ({said}). It is tried again and nothing is left out.</source>
        <translation>Elle ne répond pas ({said}). De nouveaux essais suivent et rien n’est omis.</translation>
    </message>
    <message numerus="yes">
        <source>{n} line(s) sent, the last {when}</source>
        <translation>
            <numerusform>{n} ligne envoyée, la dernière {when}</numerusform>
            <numerusform>{n} lignes envoyées, la dernière {when}</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing was sent yet.</source>
        <translation>Rien n’a encore été envoyé.</translation>
    </message>
    <message>
        <source>off</source>
        <translation>désactivée</translation>
    </message>
    <message>
        <source>away</source>
        <translation>absente</translation>
    </message>
    <message>
        <source>sends</source>
        <translation>envoie</translation>
    </message>
</context>
<context>
    <name>Field</name>
    <message>
        <source>required</source>
        <translation>obligatoire</translation>
    </message>
</context>
<context>
    <name>FieldDialog</name>
    <message>
        <source>New field</source>
        <translation>Nouveau champ</translation>
    </message>
    <message>
        <source>Edit field</source>
        <translation>Modifier le champ</translation>
    </message>
    <message>
        <source>One choice a line</source>
        <translation>Un choix par ligne</translation>
    </message>
    <message>
        <source>It must be filled in</source>
        <translation>Champ obligatoire</translation>
    </message>
    <message>
        <source>What a field holds is fixed once it is saved.</source>
        <translation>Ce qu’un champ contient est fixé dès l’enregistrement.</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>Libellé</translation>
    </message>
    <message>
        <source>What it holds</source>
        <translation>Ce qu’il contient</translation>
    </message>
    <message>
        <source>Choices</source>
        <translation>Choix</translation>
    </message>
    <message>
        <source>Default</source>
        <translation>Valeur par défaut</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Enregistrer</translation>
    </message>
</context>
<context>
    <name>FieldName</name>
    <message>
        <source>A subject</source>
        <translation>L’objet</translation>
    </message>
    <message>
        <source>A customer</source>
        <translation>Le client</translation>
    </message>
    <message>
        <source>A team</source>
        <translation>L’équipe</translation>
    </message>
    <message>
        <source>A number to communicate with</source>
        <translation>Le numéro pour communiquer</translation>
    </message>
    <message>
        <source>A name</source>
        <translation>Le nom</translation>
    </message>
    <message>
        <source>A name for signing in</source>
        <translation>Le nom de connexion</translation>
    </message>
    <message>
        <source>A password</source>
        <translation>Le mot de passe</translation>
    </message>
    <message>
        <source>A text</source>
        <translation>Le texte</translation>
    </message>
    <message>
        <source>A title</source>
        <translation>Le titre</translation>
    </message>
    <message>
        <source>A label</source>
        <translation>Le libellé</translation>
    </message>
    <message>
        <source>A choice</source>
        <translation>Le choix</translation>
    </message>
    <message>
        <source>The first name</source>
        <translation>Le prénom</translation>
    </message>
    <message>
        <source>A last name or an organisation</source>
        <translation>Le nom ou l’organisation</translation>
    </message>
    <message>
        <source>The organisation</source>
        <translation>L’organisation</translation>
    </message>
    <message>
        <source>The e-mail address</source>
        <translation>L’adresse de courriel</translation>
    </message>
    <message>
        <source>The telephone number</source>
        <translation>Le numéro de téléphone</translation>
    </message>
    <message>
        <source>What mails are compared with</source>
        <translation>Ce à quoi les courriels sont comparés</translation>
    </message>
    <message>
        <source>Where the mail goes</source>
        <translation>La destination du courriel</translation>
    </message>
    <message>
        <source>A condition</source>
        <translation>Une condition</translation>
    </message>
    <message>
        <source>The address of the server that sends</source>
        <translation>L’adresse du serveur d’envoi</translation>
    </message>
    <message>
        <source>The English text of the reply</source>
        <translation>Le texte anglais de la réponse</translation>
    </message>
    <message>
        <source>The French text of the reply</source>
        <translation>Le texte français de la réponse</translation>
    </message>
    <message>
        <source>A weekday</source>
        <translation>Un jour de la semaine</translation>
    </message>
    <message>
        <source>What callers are compared with</source>
        <translation>La valeur à comparer</translation>
    </message>
    <message>
        <source>Where the call goes</source>
        <translation>La destination de l’appel</translation>
    </message>
    <message>
        <source>Telling place and wait, in seconds</source>
        <translation>L’annonce de place et d’attente, en secondes</translation>
    </message>
    <message>
        <source>The name of the account</source>
        <translation>Le nom du compte</translation>
    </message>
    <message>
        <source>The server’s address</source>
        <translation>L’adresse du serveur</translation>
    </message>
    <message>
        <source>The signature</source>
        <translation>La signature</translation>
    </message>
    <message>
        <source>A recipient</source>
        <translation>Un destinataire</translation>
    </message>
    <message>
        <source>A tag</source>
        <translation>Une étiquette</translation>
    </message>
    <message>
        <source>A project</source>
        <translation>Un projet</translation>
    </message>
    <message>
        <source>A description</source>
        <translation>Une description</translation>
    </message>
    <message>
        <source>An entry of the case</source>
        <translation>Une entrée du dossier</translation>
    </message>
    <message>
        <source>The code of the other organisation</source>
        <translation>Le code de l’autre organisation</translation>
    </message>
    <message>
        <source>The name of each state</source>
        <translation>Le nom de chaque état</translation>
    </message>
    <message>
        <source>A date and an hour</source>
        <translation>La date et l’heure</translation>
    </message>
</context>
<context>
    <name>FieldsPage</name>
    <message>
        <source>Text</source>
        <translation>Texte</translation>
    </message>
    <message>
        <source>Web address</source>
        <translation>Adresse web</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>Numéro</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>Date</translation>
    </message>
    <message>
        <source>Pick list</source>
        <translation>Liste</translation>
    </message>
    <message>
        <source>Yes or no</source>
        <translation>Oui ou non</translation>
    </message>
    <message>
        <source>New field</source>
        <translation>Nouveau champ</translation>
    </message>
    <message>
        <source>Customers</source>
        <translation>Clients</translation>
    </message>
    <message>
        <source>Cases</source>
        <translation>Dossiers</translation>
    </message>
    <message>
        <source>Follow-ups</source>
        <translation>Suivis</translation>
    </message>
    <message>
        <source>Tasks</source>
        <translation>Tâches</translation>
    </message>
    <message>
        <source>Fields of</source>
        <translation>Champs de</translation>
    </message>
    <message>
        <source>Fields</source>
        <translation>Champs</translation>
    </message>
    <message>
        <source>No field of your own yet. A field added here is asked in every form.</source>
        <translation>Vous n’avez pas encore de champ à vous. Un champ ajouté ici est demandé dans chaque formulaire.</translation>
    </message>
    <message>
        <source>required</source>
        <translation>obligatoire</translation>
    </message>
    <message>
        <source>Move up</source>
        <translation>Monter</translation>
    </message>
    <message>
        <source>Move down</source>
        <translation>Descendre</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>Modifier</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Retirer</translation>
    </message>
</context>
<context>
    <name>FloorDelegate</name>
    <message numerus="yes">
        <source>%n free</source>
        <translation>
            <numerusform>%n libre</numerusform>
            <numerusform>%n libres</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n busy</source>
        <translation>
            <numerusform>%n occupé</numerusform>
            <numerusform>%n occupés</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n waiting</source>
        <translation>
            <numerusform>%n en file</numerusform>
            <numerusform>%n en file</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FloorPanel</name>
    <message>
        <source>Leave the call where it is</source>
        <translation>Laisser l’appel où il est</translation>
    </message>
    <message>
        <source>Team, sub-team or agent</source>
        <translation>Équipe, sous-équipe ou agent</translation>
    </message>
    <message>
        <source>Move to whom?</source>
        <translation>Déplacer vers qui&#x202f;?</translation>
    </message>
    <message>
        <source>Take back</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>Move the call</source>
        <translation>Déplacer l’appel</translation>
    </message>
    <message>
        <source>Close now</source>
        <translation>Fermer maintenant</translation>
    </message>
    <message>
        <source>Change state</source>
        <translation>Changer l’état</translation>
    </message>
    <message>
        <source>Move {0} to</source>
        <translation>Déplacer {0} vers</translation>
    </message>
    <message>
        <source>Teams and agents</source>
        <translation>Équipes et agents</translation>
    </message>
    <message>
        <source>{0} is told first: “Your call goes to {1} in 3 s”. Esc takes it back.</source>
        <translation>{0} lit d’abord&#xa0;: «&#xa0;Votre appel part vers {1} dans 3 s&#xa0;». Échap annule.</translation>
    </message>
    <message>
        <source>{0}’s call goes to {1} in {2} s.</source>
        <translation>L’appel de {0} part vers {1} dans {2} s.</translation>
    </message>
    <message>
        <source>a number outside</source>
        <translation>un numéro extérieur</translation>
    </message>
    <message>
        <source>Open again</source>
        <translation>Rouvrir</translation>
    </message>
</context>
<context>
    <name>FormField</name>
    <message>
        <source>Priority</source>
        <translation>Priorité</translation>
    </message>
    <message>
        <source>Severity</source>
        <translation>Gravité</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>Étiquettes</translation>
    </message>
    <message>
        <source>Project</source>
        <translation>Projet</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>Description</translation>
    </message>
</context>
<context>
    <name>FormFields</name>
    <message>
        <source>Choose</source>
        <translation>Choisir</translation>
    </message>
    <message>
        <source>Nothing</source>
        <translation>Aucun</translation>
    </message>
</context>
<context>
    <name>FormatBar</name>
    <message>
        <source>Bold</source>
        <translation>Gras</translation>
    </message>
    <message>
        <source>Italic</source>
        <translation>Italique</translation>
    </message>
    <message>
        <source>Underlined</source>
        <translation>Souligné</translation>
    </message>
    <message>
        <source>List</source>
        <translation>Liste</translation>
    </message>
    <message>
        <source>Numbered list</source>
        <translation>Liste numérotée</translation>
    </message>
    <message>
        <source>Link</source>
        <translation>Lien</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>Image</translation>
    </message>
    <message>
        <source>Attach a file</source>
        <translation>Joindre un fichier</translation>
    </message>
    <message>
        <source>Quote the answered mail</source>
        <translation>Citer le courriel d’origine</translation>
    </message>
</context>
<context>
    <name>FormsPage</name>
    <message>
        <source>Type</source>
        <translation>Type</translation>
    </message>
    <message>
        <source>Team</source>
        <translation>Équipe</translation>
    </message>
    <message>
        <source>Give this form up</source>
        <translation>Abandonner ce formulaire</translation>
    </message>
    <message>
        <source>Add a field…</source>
        <translation>Ajouter un champ…</translation>
    </message>
    <message>
        <source>Add a field</source>
        <translation>Ajouter un champ</translation>
    </message>
    <message>
        <source>Fields</source>
        <translation>Champs</translation>
    </message>
    <message>
        <source>Customer, subject, team and type are always asked.</source>
        <translation>Le client, l’objet, l’équipe et le type sont toujours demandés.</translation>
    </message>
    <message>
        <source>Forms</source>
        <translation>Formulaires</translation>
    </message>
    <message>
        <source>All types</source>
        <translation>Tous les types</translation>
    </message>
    <message>
        <source>All teams</source>
        <translation>Toutes les équipes</translation>
    </message>
    <message>
        <source>A form of its own.</source>
        <translation>Un formulaire à part.</translation>
    </message>
    <message>
        <source>The core form holds here; a change makes a form of its own.</source>
        <translation>Le formulaire de base s’applique ici&#x202f;; une modification crée un formulaire à part.</translation>
    </message>
    <message>
        <source>A wider form holds here; a change makes a form of its own.</source>
        <translation>Un formulaire plus général s’applique ici&#x202f;; une modification crée un formulaire à part.</translation>
    </message>
    <message>
        <source>must be filled in</source>
        <translation>obligatoire</translation>
    </message>
    <message>
        <source>{0}: must be filled in</source>
        <translation>{0}&#xa0;: obligatoire</translation>
    </message>
    <message>
        <source>Move up: {0}</source>
        <translation>Monter&#xa0;: {0}</translation>
    </message>
    <message>
        <source>Move down: {0}</source>
        <translation>Descendre&#xa0;: {0}</translation>
    </message>
    <message>
        <source>Remove: {0}</source>
        <translation>Retirer&#xa0;: {0}</translation>
    </message>
</context>
<context>
    <name>GuidePage</name>
    <message>
        <source>CRM guide</source>
        <translation>Guide du CRM</translation>
    </message>
    <message>
        <source>Guide</source>
        <translation>Guide</translation>
    </message>
    <message>
        <source>How agents work with customers, cases and follow-ups in the other system. They open it with {key} or in the menu of a case. Headings begin with #, lists with -.</source>
        <translation>Comment les agents travaillent avec les clients, dossiers et suivis dans l’autre système. Ils l’ouvrent avec {key} ou par le menu d’un dossier. Les titres commencent par #, les listes par -.</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>Titre</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Texte</translation>
    </message>
</context>
<context>
    <name>HeadsetDialog</name>
    <message>
        <source>Check the headset</source>
        <translation>Vérifier le casque</translation>
    </message>
    <message>
        <source>As the system has it</source>
        <translation>Au choix du système</translation>
    </message>
    <message>
        <source>Microphone</source>
        <translation>Microphone</translation>
    </message>
    <message>
        <source>Speaker</source>
        <translation>Haut-parleur</translation>
    </message>
    <message>
        <source>Ringer</source>
        <translation>Sonnerie</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>Écouter</translation>
    </message>
    <message>
        <source>Ring</source>
        <translation>Sonner</translation>
    </message>
    <message>
        <source>Both ways: say a sentence, it comes back</source>
        <translation>Aller-retour&#xa0;: dites une phrase, elle revient</translation>
    </message>
    <message>
        <source>Again</source>
        <translation>Recommencer</translation>
    </message>
    <message>
        <source>Answer calls by itself after 2 seconds</source>
        <translation>Répondre automatiquement après 2 secondes</translation>
    </message>
    <message>
        <source>Take the echo of loudspeakers out</source>
        <translation>Supprimer l’écho des haut-parleurs</translation>
    </message>
    <message>
        <source>Take calls</source>
        <translation>Prendre les appels</translation>
    </message>
    <message>
        <source>Remembered on this computer.</source>
        <translation>Retenus sur cet ordinateur.</translation>
    </message>
    <message>
        <source>Good level.</source>
        <translation>Bon niveau.</translation>
    </message>
    <message>
        <source>Speak as you would to a customer.</source>
        <translation>Parlez comme à un client.</translation>
    </message>
    <message>
        <source>Goes to the switch and back, like a call: {0} s</source>
        <translation>Fait l’aller-retour par le commutateur, comme un appel&#xa0;: {0} s</translation>
    </message>
    <message>
        <source>It came back after {0} ms, {1} % lost.</source>
        <translation>Revenue après {0} ms, {1} % de pertes.</translation>
    </message>
    <message>
        <source>Nothing came back from the switch. Is the network there?</source>
        <translation>Rien n’est revenu du commutateur. Le réseau est-il là&#x202f;?</translation>
    </message>
    <message>
        <source>The network is uneven: {0} % lost, {1} ms of jitter. Use a cable if you can.</source>
        <translation>Le réseau est irrégulier&#xa0;: {0} % de pertes, {1} ms de gigue. Préférez un câble.</translation>
    </message>
</context>
<context>
    <name>HelpPage</name>
    <message>
        <source>Keys and help</source>
        <translation>Touches et aide</translation>
    </message>
    <message>
        <source>Every key works while text is typed. Enter, Space and Esc never answer or hang up.</source>
        <translation>Chaque touche agit aussi pendant la saisie. Entrée, Espace et Échap ne répondent ni ne raccrochent jamais.</translation>
    </message>
    <message>
        <source>Press a key shown here to give another one.</source>
        <translation>Cliquez sur une touche pour la changer.</translation>
    </message>
    <message>
        <source>Change the key of “%1”</source>
        <translation>Changer la touche de «&#xa0;%1&#xa0;»</translation>
    </message>
    <message>
        <source>%1 belongs to “%2” already.</source>
        <translation>%1 appartient déjà à «&#xa0;%2&#xa0;».</translation>
    </message>
    <message>
        <source>%1 is now the key of “%2”.</source>
        <translation>%1 est maintenant la touche de «&#xa0;%2&#xa0;».</translation>
    </message>
</context>
<context>
    <name>History</name>
    <message>
        <source>Subject</source>
        <translation>Objet</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>Description</translation>
    </message>
    <message>
        <source>State</source>
        <translation>État</translation>
    </message>
    <message>
        <source>Category</source>
        <translation>Catégorie</translation>
    </message>
    <message>
        <source>Team</source>
        <translation>Équipe</translation>
    </message>
    <message>
        <source>Assigned to</source>
        <translation>Attribué à</translation>
    </message>
    <message>
        <source>Priority</source>
        <translation>Priorité</translation>
    </message>
    <message>
        <source>Severity</source>
        <translation>Gravité</translation>
    </message>
    <message>
        <source>Visibility</source>
        <translation>Visibilité</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>Numéro</translation>
    </message>
    <message>
        <source>Customer</source>
        <translation>Client</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>Étiquettes</translation>
    </message>
    <message>
        <source>Fields</source>
        <translation>Champs</translation>
    </message>
    <message>
        <source>Merged into</source>
        <translation>Fusionné dans</translation>
    </message>
    <message>
        <source>First name</source>
        <translation>Prénom</translation>
    </message>
    <message>
        <source>Last name</source>
        <translation>Nom</translation>
    </message>
    <message>
        <source>Organisation</source>
        <translation>Organisation</translation>
    </message>
    <message>
        <source>Telephone</source>
        <translation>Téléphone</translation>
    </message>
    <message>
        <source>E-mail</source>
        <translation>Courriel</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Langue</translation>
    </message>
    <message>
        <source>Time zone</source>
        <translation>Fuseau horaire</translation>
    </message>
    <message>
        <source>Preferred channel</source>
        <translation>Canal préféré</translation>
    </message>
    <message>
        <source>Calls from</source>
        <translation>Appels de</translation>
    </message>
    <message>
        <source>Calls until</source>
        <translation>Appels jusqu’à</translation>
    </message>
    <message>
        <source>Do not call</source>
        <translation>Ne pas appeler</translation>
    </message>
    <message>
        <source>Pinned note</source>
        <translation>Note épinglée</translation>
    </message>
    <message>
        <source>Account number</source>
        <translation>Numéro de compte</translation>
    </message>
    <message>
        <source>Created</source>
        <translation>Créé</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>Modifié</translation>
    </message>
    <message>
        <source>Deleted</source>
        <translation>Supprimé</translation>
    </message>
    <message>
        <source>Automation · {0}</source>
        <translation>Automatisation · {0}</translation>
    </message>
    <message>
        <source>because: {0}</source>
        <translation>parce que&#xa0;: {0}</translation>
    </message>
</context>
<context>
    <name>HistoryDialog</name>
    <message>
        <source>Nothing was changed yet.</source>
        <translation>Rien n’a encore été modifié.</translation>
    </message>
</context>
<context>
    <name>HubAddresses</name>
    <message>
        <source>Address</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>30 days</source>
        <translation>30 jours</translation>
    </message>
    <message>
        <source>This team has no address yet.</source>
        <translation>Cette équipe n’a pas encore d’adresse.</translation>
    </message>
    <message>
        <source>Addresses</source>
        <translation>Adresses</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Ajouter</translation>
    </message>
    <message>
        <source>One more address of the team</source>
        <translation>Une adresse de plus pour l’équipe</translation>
    </message>
    <message>
        <source>Every address ever made for the team keeps leading to it. One of them is the sender.</source>
        <translation>Toute adresse créée pour l’équipe y mène toujours. L’une d’elles est l’expéditeur.</translation>
    </message>
    <message>
        <source>Known contacts only</source>
        <translation>Contacts connus seulement</translation>
    </message>
    <message>
        <source>Sender address</source>
        <translation>Adresse d’expédition</translation>
    </message>
    <message>
        <source>Display name</source>
        <translation>Nom affiché</translation>
    </message>
    <message>
        <source>Sender</source>
        <translation>Expéditeur</translation>
    </message>
    <message>
        <source>Customers get mail from an address that they do not know. Some will not trust it.</source>
        <translation>Les clients reçoivent du courrier d’une adresse qu’ils ne connaissent pas. Certains s’en méfieront.</translation>
    </message>
    <message>
        <source>no address yet</source>
        <translation>pas encore d’adresse</translation>
    </message>
    <message>
        <source>Customers see: {name} &lt;{address}&gt;</source>
        <translation>Les clients voient&#xa0;: {name} &lt;{address}&gt;</translation>
    </message>
    <message numerus="yes">
        <source>%n mail(s) wait in quarantine.</source>
        <translation>
            <numerusform>%n courriel attend en quarantaine.</numerusform>
            <numerusform>%n courriels attendent en quarantaine.</numerusform>
        </translation>
    </message>
    <message>
        <source>A stranger’s mail waits in quarantine and makes no case. Answers on a case always pass.</source>
        <translation>Le courriel d’un inconnu attend en quarantaine et ne crée pas de dossier. Les réponses à un dossier passent toujours.</translation>
    </message>
    <message>
        <source>generated</source>
        <translation>générée</translation>
    </message>
    <message>
        <source>own</source>
        <translation>de la société</translation>
    </message>
    <message>
        <source>sender</source>
        <translation>expéditeur</translation>
    </message>
    <message>
        <source>leads here</source>
        <translation>mène ici</translation>
    </message>
</context>
<context>
    <name>HubMailboxes</name>
    <message>
        <source>Mail leaves from your own domain. Needs a mailbox that works.</source>
        <translation>Le courrier part de votre domaine. Il faut une boîte qui fonctionne.</translation>
    </message>
    <message>
        <source>The easiest, but customers see an address they do not know.</source>
        <translation>Le plus facile, mais les clients voient une adresse inconnue.</translation>
    </message>
    <message>
        <source>Microsoft 365</source>
        <translation>Microsoft 365</translation>
    </message>
    <message>
        <source>Recommended: the simplest and fastest.</source>
        <translation>Recommandé&#xa0;: le plus simple et le plus rapide.</translation>
    </message>
    <message>
        <source>Company address</source>
        <translation>Adresse de la société</translation>
    </message>
    <message>
        <source>Generated address</source>
        <translation>Adresse générée</translation>
    </message>
    <message>
        <source>How the team’s mail is set up</source>
        <translation>Comment le courrier de l’équipe est réglé</translation>
    </message>
    <message>
        <source>Add a mailbox</source>
        <translation>Ajouter une boîte</translation>
    </message>
    <message>
        <source>Mailboxes of the team</source>
        <translation>Boîtes de l’équipe</translation>
    </message>
    <message>
        <source>Set up</source>
        <translation>Régler</translation>
    </message>
    <message>
        <source>Takes the mail of every generated address of the organisation, directly or forwarded. It is set up once.</source>
        <translation>Prend le courrier de toutes les adresses générées de l’organisation, direct ou redirigé. Elle se règle une fois.</translation>
    </message>
    <message>
        <source>Catch-all of the organisation</source>
        <translation>Boîte collectrice de l’organisation</translation>
    </message>
    <message>
        <source>The team has no mailbox of its own.</source>
        <translation>L’équipe n’a pas de boîte à elle.</translation>
    </message>
    <message>
        <source>It is not set up yet, so no address can be generated. An administrator does this once.</source>
        <translation>Elle n’est pas encore réglée&#xa0;: aucune adresse ne peut être générée. Un administrateur s’en charge une fois pour toutes.</translation>
    </message>
</context>
<context>
    <name>HubReplies</name>
    <message>
        <source>Display name in automatic replies</source>
        <translation>Nom affiché dans les réponses automatiques</translation>
    </message>
    <message>
        <source>Empty: the shipped words.</source>
        <translation>Vide&#xa0;: le texte fourni.</translation>
    </message>
    <message>
        <source>Automatic replies to this team’s customers</source>
        <translation>Réponses automatiques aux clients de cette équipe</translation>
    </message>
    <message>
        <source>A new case is acknowledged, and automations may reply. Off: nothing is answered by itself, whatever an automation says. One answer a sender and day, at most 60 an hour; lists, robots and reports are never answered.</source>
        <translation>Tout nouveau dossier reçoit un accusé de réception et les automatisations peuvent répondre. Désactivé&#xa0;: rien ne part tout seul, quoi que dise une automatisation. Une réponse par expéditeur et par jour, 60 par heure au plus&#x202f;; on ne répond jamais aux listes, aux robots ni aux rapports.</translation>
    </message>
    <message>
        <source>Words</source>
        <translation>Texte</translation>
    </message>
    <message>
        <source>{number} becomes the number of the case, {name} the name above.</source>
        <translation>{number} devient le numéro du dossier, {name} le nom ci-dessus.</translation>
    </message>
    <message>
        <source>In English</source>
        <translation>En anglais</translation>
    </message>
    <message>
        <source>In French</source>
        <translation>En français</translation>
    </message>
    <message>
        <source>Off: the company’s name, “{name}”, is used.</source>
        <translation>Désactivé&#xa0;: le nom de la société, «&#xa0;{name}&#xa0;», est utilisé.</translation>
    </message>
    <message>
        <source>On: “{name}” is used.</source>
        <translation>Activé&#xa0;: «&#xa0;{name}&#xa0;» est utilisé.</translation>
    </message>
</context>
<context>
    <name>ImportColumn</name>
    <message>
        <source>Account number</source>
        <translation>Numéro de compte</translation>
    </message>
    <message>
        <source>First name</source>
        <translation>Prénom</translation>
    </message>
    <message>
        <source>Last name</source>
        <translation>Nom</translation>
    </message>
    <message>
        <source>Organisation</source>
        <translation>Société</translation>
    </message>
    <message>
        <source>Telephone</source>
        <translation>Téléphone</translation>
    </message>
    <message>
        <source>E-mail</source>
        <translation>Courriel</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Langue</translation>
    </message>
    <message>
        <source>Time zone</source>
        <translation>Fuseau horaire</translation>
    </message>
    <message>
        <source>Preferred channel</source>
        <translation>Canal préféré</translation>
    </message>
    <message>
        <source>Do not call</source>
        <translation>Ne pas appeler</translation>
    </message>
    <message>
        <source>Pinned note</source>
        <translation>Note épinglée</translation>
    </message>
    <message>
        <source>Number (given anew)</source>
        <translation>Numéro (redonné)</translation>
    </message>
    <message>
        <source>Customer</source>
        <translation>Client</translation>
    </message>
    <message>
        <source>Subject</source>
        <translation>Objet</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>Description</translation>
    </message>
    <message>
        <source>Team</source>
        <translation>Équipe</translation>
    </message>
    <message>
        <source>Assignee</source>
        <translation>Assigné à</translation>
    </message>
    <message>
        <source>State</source>
        <translation>État</translation>
    </message>
    <message>
        <source>Severity</source>
        <translation>Gravité</translation>
    </message>
    <message>
        <source>Priority</source>
        <translation>Priorité</translation>
    </message>
    <message>
        <source>Visibility</source>
        <translation>Visibilité</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>Étiquettes</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>Titre</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Nature</translation>
    </message>
    <message>
        <source>Case</source>
        <translation>Dossier</translation>
    </message>
    <message>
        <source>Due</source>
        <translation>Échéance</translation>
    </message>
    <message>
        <source>Zone of the time</source>
        <translation>Fuseau de l’heure</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>Notes</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>Statut</translation>
    </message>
</context>
<context>
    <name>ImportKind</name>
    <message>
        <source>Customers</source>
        <translation>Clients</translation>
    </message>
    <message>
        <source>Cases</source>
        <translation>Dossiers</translation>
    </message>
    <message>
        <source>Tasks</source>
        <translation>Tâches</translation>
    </message>
</context>
<context>
    <name>ImportPage</name>
    <message>
        <source>What the lines become</source>
        <translation>Ce que deviennent les lignes</translation>
    </message>
    <message>
        <source>Choose a file…</source>
        <translation>Choisir un fichier…</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>Importer</translation>
    </message>
    <message>
        <source>A table saved as CSV, with a line of headings. You see first what it brings; nothing is written before.</source>
        <translation>Un tableau enregistré en CSV, avec une ligne de titres. Vous voyez d’abord ce qu’il apporte&#x202f;; rien n’est écrit avant.</translation>
    </message>
    <message>
        <source>No file is chosen</source>
        <translation>Aucun fichier choisi</translation>
    </message>
    <message>
        <source>Heading in the file</source>
        <translation>Titre dans le fichier</translation>
    </message>
    <message>
        <source>Becomes</source>
        <translation>Devient</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>Colonnes</translation>
    </message>
    <message>
        <source>Line</source>
        <translation>Ligne</translation>
    </message>
    <message>
        <source>What is wrong</source>
        <translation>Ce qui ne va pas</translation>
    </message>
    <message>
        <source>Lines that do not go in</source>
        <translation>Lignes refusées</translation>
    </message>
    <message>
        <source>No line is wrong.</source>
        <translation>Aucune ligne n’est fautive.</translation>
    </message>
    <message>
        <source>Save the lines that did not go in…</source>
        <translation>Enregistrer les lignes refusées…</translation>
    </message>
    <message>
        <source>There is no column for: {0}. Rename a heading in the file, and choose it again.</source>
        <translation>Aucune colonne pour&#xa0;: {0}. Renommez un titre dans le fichier, puis choisissez-le à nouveau.</translation>
    </message>
    <message numerus="yes">
        <source>Import %n line(s)</source>
        <translation>
            <numerusform>Importer %n ligne</numerusform>
            <numerusform>Importer %n lignes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n line(s)</source>
        <translation>
            <numerusform>%n ligne</numerusform>
            <numerusform>%n lignes</numerusform>
        </translation>
    </message>
    <message>
        <source>{0}, written in {1}, separated by {2}.</source>
        <translation>{0}, écrites en {1}, séparées par des {2}.</translation>
    </message>
    <message numerus="yes">
        <source>The first %n were checked; an import checks all.</source>
        <translation>
            <numerusform>La première a été vérifiée ; l’import les vérifie toutes.</numerusform>
            <numerusform>Les %n premières ont été vérifiées ; l’import les vérifie toutes.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n line(s) done…</source>
        <translation>
            <numerusform>%n ligne traitée…</numerusform>
            <numerusform>%n lignes traitées…</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n line(s) went in.</source>
        <translation>
            <numerusform>%n ligne importée.</numerusform>
            <numerusform>%n lignes importées.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n did not.</source>
        <translation>
            <numerusform>%n refusée.</numerusform>
            <numerusform>%n refusées.</numerusform>
        </translation>
    </message>
    <message>
        <source>left out</source>
        <translation>laissée de côté</translation>
    </message>
    <message>
        <source>Choose a table</source>
        <translation>Choisir un tableau</translation>
    </message>
    <message>
        <source>{0} cannot be read: {1}</source>
        <translation>{0} ne peut pas être lu&#xa0;: {1}</translation>
    </message>
    <message>
        <source>Save the lines that did not go in</source>
        <translation>Enregistrer les lignes refusées</translation>
    </message>
    <message>
        <source>reason</source>
        <translation>motif</translation>
    </message>
    <message>
        <source>{0} cannot be written: {1}</source>
        <translation>{0} ne peut pas être écrit&#xa0;: {1}</translation>
    </message>
</context>
<context>
    <name>ImportSeparator</name>
    <message>
        <source>semicolons</source>
        <translation>points-virgules</translation>
    </message>
    <message>
        <source>commas</source>
        <translation>virgules</translation>
    </message>
    <message>
        <source>tabs</source>
        <translation>tabulations</translation>
    </message>
    <message>
        <source>bars</source>
        <translation>barres verticales</translation>
    </message>
</context>
<context>
    <name>IncomingCard</name>
    <message>
        <source>Not me</source>
        <translation>Pas moi</translation>
    </message>
    <message>
        <source>Nobody took it: your caller comes back</source>
        <translation>Personne n’a pris l’appel&#xa0;: il vous revient</translation>
    </message>
    <message>
        <source>{0} hands a call over</source>
        <translation>{0} transfère un appel</translation>
    </message>
    <message>
        <source>Incoming call</source>
        <translation>Appel entrant</translation>
    </message>
    <message>
        <source>Promised: {0}</source>
        <translation>Promis&#xa0;: {0}</translation>
    </message>
    <message>
        <source>If nobody answers, the caller leaves a message.</source>
        <translation>Sans réponse, l’appelant laisse un message.</translation>
    </message>
    <message>
        <source>If nobody answers: {0}.</source>
        <translation>Si personne ne répond&#xa0;: {0}.</translation>
    </message>
    <message>
        <source>If nobody answers: the queue of {0}.</source>
        <translation>Si personne ne répond&#xa0;: file d’appels de {0}.</translation>
    </message>
    <message>
        <source>Take</source>
        <translation>Prendre</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>Répondre</translation>
    </message>
</context>
<context>
    <name>KeyButton</name>
    <message>
        <source>press a key…</source>
        <translation>appuyez sur une touche…</translation>
    </message>
</context>
<context>
    <name>Keypad</name>
    <message>
        <source>Keypad</source>
        <translation>Clavier</translation>
    </message>
    <message>
        <source>Keys that you press</source>
        <translation>Touches pressées</translation>
    </message>
</context>
<context>
    <name>LeavingCard</name>
    <message>
        <source>A supervisor moves it. What you typed goes along.</source>
        <translation>Un superviseur le déplace. Ce que vous avez saisi suit.</translation>
    </message>
    <message>
        <source>Your call goes to {0} in {1} s</source>
        <translation>Votre appel part vers {0} dans {1} s</translation>
    </message>
    <message>
        <source>a number outside</source>
        <translation>un numéro extérieur</translation>
    </message>
</context>
<context>
    <name>Level</name>
    <message>
        <source>Low</source>
        <translation>Basse</translation>
    </message>
    <message>
        <source>Normal</source>
        <translation>Normale</translation>
    </message>
    <message>
        <source>High</source>
        <translation>Haute</translation>
    </message>
    <message>
        <source>Urgent</source>
        <translation>Urgente</translation>
    </message>
    <message>
        <source>First reply</source>
        <translation>Première réponse</translation>
    </message>
    <message>
        <source>Next reply</source>
        <translation>Réponse suivante</translation>
    </message>
    <message>
        <source>Resolution</source>
        <translation>Résolution</translation>
    </message>
    <message>
        <source>{time} late</source>
        <translation>{time} de retard</translation>
    </message>
    <message>
        <source>{time} left</source>
        <translation>encore {time}</translation>
    </message>
    <message>
        <source>{n} min</source>
        <translation>{n} min</translation>
    </message>
    <message>
        <source>{h} h {m:02}</source>
        <translation>{h} h {m:02}</translation>
    </message>
    <message>
        <source>{n} d</source>
        <translation>{n} j</translation>
    </message>
    <message>
        <source>Service levels of the case</source>
        <translation>Niveaux de service du dossier</translation>
    </message>
    <message>
        <source>Nothing was promised for this case.</source>
        <translation>Rien n’a été promis pour ce dossier.</translation>
    </message>
    <message>
        <source>{policy}: {time} h</source>
        <translation>{policy}&#xa0;: {time} h</translation>
    </message>
    <message>
        <source>its calendar never opens</source>
        <translation>son calendrier n’ouvre jamais</translation>
    </message>
    <message>
        <source>kept</source>
        <translation>tenu</translation>
    </message>
    <message>
        <source>kept too late</source>
        <translation>tenu en retard</translation>
    </message>
    <message>
        <source>waits on the customer</source>
        <translation>attend le client</translation>
    </message>
    <message>
        <source>given up</source>
        <translation>abandonné</translation>
    </message>
</context>
<context>
    <name>LevelPage</name>
    <message>
        <source>Policy</source>
        <translation>Engagement</translation>
    </message>
    <message>
        <source>Nothing is promised yet.</source>
        <translation>Rien n’est encore promis.</translation>
    </message>
    <message>
        <source>A service level says how soon cases are answered and solved, and warns before it is too late.</source>
        <translation>Un niveau de service dit sous quel délai les dossiers reçoivent une réponse et une solution, et avertit avant qu’il soit trop tard.</translation>
    </message>
    <message>
        <source>Service levels</source>
        <translation>Niveaux de service</translation>
    </message>
    <message>
        <source>New service level</source>
        <translation>Nouveau niveau</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Retirer</translation>
    </message>
    <message>
        <source>In force</source>
        <translation>En vigueur</translation>
    </message>
    <message>
        <source>Which cases</source>
        <translation>Quels dossiers</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nom</translation>
    </message>
    <message>
        <source>Every hour, day and night</source>
        <translation>Toutes les heures, jour et nuit</translation>
    </message>
    <message>
        <source>The calendar “{name}” has no open hour: no clock runs and nothing can be broken.</source>
        <translation>Le calendrier «&#xa0;{name}&#xa0;» n’a aucune heure ouverte&#xa0;: aucun délai ne court et rien ne peut être manqué.</translation>
    </message>
    <message>
        <source>Counted in</source>
        <translation>Compté en</translation>
    </message>
    <message>
        <source>Move up</source>
        <translation>Monter</translation>
    </message>
    <message>
        <source>Move down</source>
        <translation>Descendre</translation>
    </message>
    <message>
        <source>Without a condition every case. The first service level in the list that fits a case holds for it.</source>
        <translation>Sans condition, tous les dossiers. Le premier niveau de service de la liste qui convient à un dossier s’applique.</translation>
    </message>
    <message>
        <source>What is promised, in hours and minutes</source>
        <translation>Ce qui est promis, en heures et minutes</translation>
    </message>
    <message>
        <source>The clocks stand still while a case waits on the customer. An empty field promises nothing.</source>
        <translation>Les délais sont suspendus tant qu’un dossier attend le client. Un champ vide ne promet rien.</translation>
    </message>
    <message>
        <source>Warn when this much of the time is spent, in per cent</source>
        <translation>Avertir quand cette part du temps est écoulée, en pour cent</translation>
    </message>
    <message>
        <source>in force</source>
        <translation>en vigueur</translation>
    </message>
    <message>
        <source>off</source>
        <translation>désactivé</translation>
    </message>
</context>
<context>
    <name>Link</name>
    <message>
        <source>went on here</source>
        <translation>a continué ici</translation>
    </message>
    <message>
        <source>went on from there</source>
        <translation>en est la suite</translation>
    </message>
    <message>
        <source>was split off</source>
        <translation>en a été détaché</translation>
    </message>
    <message>
        <source>was split off from there</source>
        <translation>a été détaché de là</translation>
    </message>
    <message>
        <source>handed to them</source>
        <translation>confié à eux</translation>
    </message>
    <message>
        <source>came from them</source>
        <translation>vient d’eux</translation>
    </message>
    <message>
        <source>belongs to it</source>
        <translation>en relation</translation>
    </message>
</context>
<context>
    <name>MacrosPage</name>
    <message>
        <source>Macro</source>
        <translation>Macro</translation>
    </message>
    <message>
        <source>Whose</source>
        <translation>Pour qui</translation>
    </message>
    <message>
        <source>There is no macro yet.</source>
        <translation>Il n’y a pas encore de macro.</translation>
    </message>
    <message>
        <source>Several acts on a case, done by one key.</source>
        <translation>Plusieurs actions sur un dossier, par une seule touche.</translation>
    </message>
    <message>
        <source>Macros</source>
        <translation>Macros</translation>
    </message>
    <message>
        <source>New macro</source>
        <translation>Nouvelle macro</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Retirer</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nom</translation>
    </message>
    <message>
        <source>Acts, in this order</source>
        <translation>Actions, dans cet ordre</translation>
    </message>
    <message>
        <source>A macro is run on the open case by Alt+M. A reply stands in the composer first.</source>
        <translation>Alt+M exécute une macro sur le dossier ouvert. Une réponse se place d’abord dans le message.</translation>
    </message>
</context>
<context>
    <name>Mail</name>
    <message>
        <source>case</source>
        <translation>dossier</translation>
    </message>
    <message>
        <source>follow-up</source>
        <translation>suivi</translation>
    </message>
    <message>
        <source>ignored</source>
        <translation>ignoré</translation>
    </message>
    <message>
        <source>quarantine</source>
        <translation>quarantaine</translation>
    </message>
    <message>
        <source>automatic reply</source>
        <translation>réponse auto</translation>
    </message>
    <message>
        <source>bounce</source>
        <translation>non remis</translation>
    </message>
    <message>
        <source>own loop</source>
        <translation>boucle interne</translation>
    </message>
    <message>
        <source>unreadable</source>
        <translation>illisible</translation>
    </message>
    <message>
        <source>waits for the hub</source>
        <translation>attend le serveur Guichet</translation>
    </message>
    <message>
        <source>It answers nothing and its sender has no open case.</source>
        <translation>Il ne répond à rien et son expéditeur n’a pas de dossier ouvert.</translation>
    </message>
    <message>
        <source>A rule of the team decided.</source>
        <translation>Une règle de l’équipe a décidé.</translation>
    </message>
    <message>
        <source>An agent made it a case.</source>
        <translation>Un agent en a fait un dossier.</translation>
    </message>
    <message>
        <source>It answers a mail of ours.</source>
        <translation>Il répond à un de nos courriels.</translation>
    </message>
    <message>
        <source>It belongs to a conversation that is known.</source>
        <translation>Il appartient à une conversation connue.</translation>
    </message>
    <message>
        <source>Its subject names the case.</source>
        <translation>Son objet cite le dossier.</translation>
    </message>
    <message>
        <source>It answers a mail of ours, from a new address.</source>
        <translation>Il répond à un de nos courriels, depuis une nouvelle adresse.</translation>
    </message>
    <message>
        <source>Its sender has an open case.</source>
        <translation>Son expéditeur a un dossier ouvert.</translation>
    </message>
    <message>
        <source>The same mail came to another team as well.</source>
        <translation>Le même courriel est arrivé aussi à une autre équipe.</translation>
    </message>
    <message>
        <source>The sender is unknown, the team takes known contacts.</source>
        <translation>L’expéditeur est inconnu, l’équipe n’accepte que les contacts connus.</translation>
    </message>
    <message>
        <source>It names no sender.</source>
        <translation>Il ne nomme aucun expéditeur.</translation>
    </message>
    <message>
        <source>A machine answered.</source>
        <translation>Une machine a répondu.</translation>
    </message>
    <message>
        <source>A server reports that a mail did not arrive.</source>
        <translation>Un serveur signale qu’un courriel n’est pas arrivé.</translation>
    </message>
    <message>
        <source>It is a mail of ours that came back.</source>
        <translation>C’est un de nos courriels qui est revenu.</translation>
    </message>
    <message>
        <source>Its parts are nested too deeply to be followed.</source>
        <translation>Ses parties sont imbriquées trop profondément.</translation>
    </message>
    <message>
        <source>It could not be read. All of its bytes are kept.</source>
        <translation>Il n’a pas pu être lu. Tous ses octets sont conservés.</translation>
    </message>
    <message>
        <source>Reading it failed several times. Its bytes are kept.</source>
        <translation>Sa lecture a échoué plusieurs fois. Ses octets sont conservés.</translation>
    </message>
    <message>
        <source>Server reached</source>
        <translation>Serveur joint</translation>
    </message>
    <message>
        <source>Sign-in</source>
        <translation>Connexion</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Dossier de la boîte</translation>
    </message>
    <message>
        <source>Server that sends (SMTP)</source>
        <translation>Serveur d’envoi (SMTP)</translation>
    </message>
    <message>
        <source>Sender address</source>
        <translation>Adresse d’expédition</translation>
    </message>
    <message>
        <source>Check the server’s name, its port and the encryption.</source>
        <translation>Vérifiez le nom du serveur, son port et le chiffrement.</translation>
    </message>
    <message>
        <source>Check the name of the account and its password.</source>
        <translation>Vérifiez le nom du compte et son mot de passe.</translation>
    </message>
    <message>
        <source>Check the name of the folder, capital letters included.</source>
        <translation>Vérifiez le nom du dossier, majuscules comprises.</translation>
    </message>
    <message>
        <source>Check the server that sends, and that the account may send.</source>
        <translation>Vérifiez le serveur d’envoi, et que le compte a le droit d’envoyer.</translation>
    </message>
    <message>
        <source>The server does not let this account send from this address.</source>
        <translation>Le serveur ne laisse pas ce compte envoyer depuis cette adresse.</translation>
    </message>
    <message>
        <source>Ignore</source>
        <translation>Ignorer</translation>
    </message>
    <message>
        <source>No new case; answers to a case still reach it.</source>
        <translation>Pas de nouveau dossier&#x202f;; les réponses à un dossier y arrivent toujours.</translation>
    </message>
    <message>
        <source>Route to team</source>
        <translation>Acheminer vers l’équipe</translation>
    </message>
    <message>
        <source>The case arrives there unassigned.</source>
        <translation>Le dossier y arrive non attribué.</translation>
    </message>
    <message>
        <source>Route to agent</source>
        <translation>Acheminer vers l’agent</translation>
    </message>
    <message>
        <source>The case is assigned at once.</source>
        <translation>Le dossier est attribué aussitôt.</translation>
    </message>
    <message>
        <source>Create a new case</source>
        <translation>Créer un dossier</translation>
    </message>
    <message>
        <source>Even where the customer has an open one.</source>
        <translation>Même si le client en a un ouvert.</translation>
    </message>
    <message>
        <source>Sender</source>
        <translation>Expéditeur</translation>
    </message>
    <message>
        <source>Domain</source>
        <translation>Domaine</translation>
    </message>
    <message>
        <source>Recipient</source>
        <translation>Destinataire</translation>
    </message>
    <message>
        <source>Subject</source>
        <translation>Objet</translation>
    </message>
    <message>
        <source>part, order</source>
        <translation>pièce, commande</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Texte</translation>
    </message>
    <message>
        <source>unsubscribe</source>
        <translation>désabonner</translation>
    </message>
    <message>
        <source>Header</source>
        <translation>En-tête</translation>
    </message>
    <message>
        <source>Attachment</source>
        <translation>Pièce jointe</translation>
    </message>
    <message>
        <source>Customer segment</source>
        <translation>Segment du client</translation>
    </message>
    <message>
        <source>Open case</source>
        <translation>Dossier ouvert</translation>
    </message>
    <message>
        <source>there is one</source>
        <translation>il y en a un</translation>
    </message>
    <message>
        <source>there is none</source>
        <translation>il n’y en a pas</translation>
    </message>
    <message>
        <source>is</source>
        <translation>est</translation>
    </message>
    <message>
        <source>is not</source>
        <translation>n’est pas</translation>
    </message>
    <message>
        <source>contains</source>
        <translation>contient</translation>
    </message>
    <message>
        <source>does not contain</source>
        <translation>ne contient pas</translation>
    </message>
    <message>
        <source>no change</source>
        <translation>inchangé</translation>
    </message>
    <message>
        <source>an earlier rule decides</source>
        <translation>une règle précédente décide</translation>
    </message>
    <message>
        <source>a new case</source>
        <translation>un nouveau dossier</translation>
    </message>
    <message>
        <source>this team, unassigned</source>
        <translation>cette équipe, non attribué</translation>
    </message>
    <message>
        <source>another rule decides</source>
        <translation>une autre règle décide</translation>
    </message>
    <message>
        <source>In the Microsoft 365 admin centre, make a shared mailbox for the team, or choose one.</source>
        <translation>Dans le centre d’administration Microsoft 365, créez une boîte partagée pour l’équipe, ou choisissez-en une.</translation>
    </message>
    <message>
        <source>In Entra, register an application with the permissions Mail.ReadWrite and Mail.Send (application), and have an administrator consent. An access policy can keep it to this one mailbox.</source>
        <translation>Dans Entra, inscrivez une application avec les autorisations Mail.ReadWrite et Mail.Send (application) et faites-la approuver par un administrateur. Une stratégie d’accès peut la limiter à cette seule boîte.</translation>
    </message>
    <message>
        <source>Copy tenant, application and client secret here: no server and no password are needed.</source>
        <translation>Copiez ici le locataire, l’application et son secret&#xa0;: ni serveur ni mot de passe ne sont nécessaires.</translation>
    </message>
    <message>
        <source>Press “Save and test”: each step says what it found.</source>
        <translation>Appuyez sur «&#xa0;Enregistrer et tester&#xa0;»&#xa0;: chaque étape dit ce qu’elle a trouvé.</translation>
    </message>
    <message>
        <source>Ask your IT for a mailbox that works, such as support@your-company; a shared one is fine.</source>
        <translation>Demandez à votre service informatique une boîte qui fonctionne, par exemple support@votre-société&#x202f;; une boîte partagée convient.</translation>
    </message>
    <message>
        <source>Have its servers, ports, account and password at hand.</source>
        <translation>Ayez sous la main ses serveurs, ports, compte et mot de passe.</translation>
    </message>
    <message>
        <source>Add the mailbox here and press “Save and test”.</source>
        <translation>Ajoutez la boîte ici et appuyez sur «&#xa0;Enregistrer et tester&#xa0;».</translation>
    </message>
    <message>
        <source>Mail leaves from your own domain and is answered there.</source>
        <translation>Le courrier part de votre propre domaine et les réponses y reviennent.</translation>
    </message>
    <message>
        <source>Copy the team’s generated address from the list of addresses.</source>
        <translation>Copiez l’adresse générée de l’équipe dans la liste des adresses.</translation>
    </message>
    <message>
        <source>Write it to customers, or forward an existing address to it.</source>
        <translation>Donnez-la aux clients, ou redirigez vers elle une adresse existante.</translation>
    </message>
    <message>
        <source>Nothing else is to be set up: mail to it reaches the team.</source>
        <translation>Rien d’autre à régler&#xa0;: le courrier qui lui est adressé parvient à l’équipe.</translation>
    </message>
    <message>
        <source>to {0}</source>
        <translation>à {0}</translation>
    </message>
    <message>
        <source>cc {0}</source>
        <translation>cc {0}</translation>
    </message>
    <message>
        <source>bcc {0}</source>
        <translation>cci {0}</translation>
    </message>
    <message>
        <source>From: {0}</source>
        <translation>De&#xa0;: {0}</translation>
    </message>
    <message>
        <source>Date: {0}</source>
        <translation>Date&#xa0;: {0}</translation>
    </message>
    <message>
        <source>Subject: {0}</source>
        <translation>Objet&#xa0;: {0}</translation>
    </message>
    <message>
        <source>To: {0}</source>
        <translation>À&#xa0;: {0}</translation>
    </message>
    <message>
        <source>Cc: {0}</source>
        <translation>Cc&#xa0;: {0}</translation>
    </message>
    <message>
        <source>---------- Forwarded message ----------</source>
        <translation>---------- Message transféré ----------</translation>
    </message>
</context>
<context>
    <name>MailComposer</name>
    <message>
        <source>Discard</source>
        <translation>Abandonner</translation>
    </message>
    <message>
        <source>To</source>
        <translation>À</translation>
    </message>
    <message>
        <source>Cc</source>
        <translation>Cc</translation>
    </message>
    <message>
        <source>Bcc</source>
        <translation>Cci</translation>
    </message>
    <message>
        <source>Subject</source>
        <translation>Objet</translation>
    </message>
    <message>
        <source>Text of the mail</source>
        <translation>Texte du courriel</translation>
    </message>
    <message>
        <source>Write your answer…</source>
        <translation>Écrivez votre réponse…</translation>
    </message>
    <message>
        <source>Your signature, added when it is sent</source>
        <translation>Votre signature, ajoutée à l’envoi</translation>
    </message>
    <message>
        <source>Send and wait</source>
        <translation>Envoyer et attendre</translation>
    </message>
    <message>
        <source>Send and solve</source>
        <translation>Envoyer et résoudre</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>Envoyer</translation>
    </message>
    <message>
        <source>from {0}</source>
        <translation>de {0}</translation>
    </message>
    <message>
        <source>draft saved {0}</source>
        <translation>brouillon enregistré {0}</translation>
    </message>
    <message>
        <source>Send anyway</source>
        <translation>Envoyer quand même</translation>
    </message>
    <message>
        <source>{0} is answering too</source>
        <translation>{0} répond aussi</translation>
    </message>
    <message>
        <source>Take {0} away</source>
        <translation>Retirer {0}</translation>
    </message>
    <message>
        <source>On {0}, {1} wrote:</source>
        <translation>Le {0}, {1} a écrit&#xa0;:</translation>
    </message>
</context>
<context>
    <name>MailDialog</name>
    <message>
        <source>Text of the mail</source>
        <translation>Texte du courriel</translation>
    </message>
    <message>
        <source>Load the pictures</source>
        <translation>Charger les images</translation>
    </message>
    <message>
        <source>The whole mail</source>
        <translation>Le courriel entier</translation>
    </message>
    <message numerus="yes">
        <source>%n picture(s) not unpacked: so large that they would fill this computer’s memory. They stand among the files.</source>
        <translation>
            <numerusform>%n image n’a pas été déployée&#xa0;: si grande qu’elle remplirait la mémoire de cet ordinateur. Elle se trouve parmi les fichiers.</numerusform>
            <numerusform>%n images n’ont pas été déployées&#xa0;: si grandes qu’elles rempliraient la mémoire de cet ordinateur. Elles se trouvent parmi les fichiers.</numerusform>
        </translation>
    </message>
    <message>
        <source>From</source>
        <translation>De</translation>
    </message>
    <message>
        <source>To</source>
        <translation>À</translation>
    </message>
    <message>
        <source>Cc</source>
        <translation>Cc</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>Date</translation>
    </message>
    <message>
        <source>Tracking pictures were taken out: {0}</source>
        <translation>Images de pistage retirées&#xa0;: {0}</translation>
    </message>
    <message>
        <source>Pictures from elsewhere are not loaded: their sender would see that you read this.</source>
        <translation>Les images externes ne sont pas chargées&#xa0;: l’expéditeur verrait que vous lisez ceci.</translation>
    </message>
    <message>
        <source>The page of this mail is too large to be shown: here are its words, the page is a file.</source>
        <translation>La page de ce courriel est trop grande pour être affichée&#xa0;: voici son texte, la page est en pièce jointe.</translation>
    </message>
</context>
<context>
    <name>MailLedgerPage</name>
    <message>
        <source>Team</source>
        <translation>Équipe</translation>
    </message>
    <message>
        <source>Fate</source>
        <translation>Sort</translation>
    </message>
    <message>
        <source>Sender, subject, Message-ID</source>
        <translation>Expéditeur, objet, Message-ID</translation>
    </message>
    <message>
        <source>Mailbox = ledger</source>
        <translation>Boîte = registre</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Heure</translation>
    </message>
    <message>
        <source>Sender</source>
        <translation>Expéditeur</translation>
    </message>
    <message>
        <source>Subject</source>
        <translation>Objet</translation>
    </message>
    <message>
        <source>Every message, one fate</source>
        <translation>Chaque message, un sort</translation>
    </message>
    <message>
        <source>No message is like that.</source>
        <translation>Aucun message de ce genre.</translation>
    </message>
    <message>
        <source>Mail ledger</source>
        <translation>Registre du courrier</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Tous</translation>
    </message>
    <message>
        <source>This team has no mailbox.</source>
        <translation>Cette équipe n’a pas de boîte aux lettres.</translation>
    </message>
    <message>
        <source>The team’s lead sees the counter.</source>
        <translation>Le responsable de l’équipe voit le compteur.</translation>
    </message>
    <message>
        <source>Count again</source>
        <translation>Recompter</translation>
    </message>
    <message>
        <source>The hub counts…</source>
        <translation>Le serveur Guichet compte…</translation>
    </message>
    <message>
        <source>In the ledger; not compared with the server yet.</source>
        <translation>Au registre&#x202f;; pas encore comparé au serveur.</translation>
    </message>
    <message>
        <source>Not compared: {said}</source>
        <translation>Pas comparé&#xa0;: {said}</translation>
    </message>
    <message>
        <source>All of the mailbox is in the ledger · {when}</source>
        <translation>Toute la boîte est au registre · {when}</translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) of the mailbox are not in the ledger</source>
        <translation>
            <numerusform>%n message de la boîte manque au registre</numerusform>
            <numerusform>%n messages de la boîte manquent au registre</numerusform>
        </translation>
    </message>
    <message>
        <source>(no sender)</source>
        <translation>(sans expéditeur)</translation>
    </message>
    <message>
        <source>(no subject)</source>
        <translation>(sans objet)</translation>
    </message>
</context>
<context>
    <name>MailLines</name>
    <message>
        <source>The whole mail</source>
        <translation>Le courriel entier</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>Répondre</translation>
    </message>
    <message>
        <source>Forward</source>
        <translation>Transférer</translation>
    </message>
    <message numerus="yes">
        <source>delivered to all %n</source>
        <translation>
            <numerusform>remis à %n destinataire</numerusform>
            <numerusform>remis aux %n destinataires</numerusform>
        </translation>
    </message>
    <message>
        <source>Edit and send again</source>
        <translation>Modifier et renvoyer</translation>
    </message>
    <message>
        <source>Make it a case of its own</source>
        <translation>En faire un dossier à part</translation>
    </message>
    <message>
        <source>The subject is another one: “{0}”. It may be about something else.</source>
        <translation>L’objet est un autre&#xa0;: «&#xa0;{0}&#xa0;». Il s’agit peut-être d’autre chose.</translation>
    </message>
    <message>
        <source>{0} had no part in this case until now.</source>
        <translation>{0} n’avait jusqu’ici aucune part à ce dossier.</translation>
    </message>
    <message>
        <source>Send again</source>
        <translation>Renvoyer</translation>
    </message>
    <message>
        <source>It arrived</source>
        <translation>Il est arrivé</translation>
    </message>
    <message>
        <source>Try now</source>
        <translation>Essayer maintenant</translation>
    </message>
    <message>
        <source>Give up</source>
        <translation>Renoncer</translation>
    </message>
</context>
<context>
    <name>MailNotices</name>
    <message>
        <source>you speak of an attachment, and none is there</source>
        <translation>vous parlez d’une pièce jointe et il n’y en a pas</translation>
    </message>
    <message>
        <source>{0} is new on this case</source>
        <translation>{0} est nouveau dans ce dossier</translation>
    </message>
    <message>
        <source>{0} has to be attached again</source>
        <translation>{0} est à joindre de nouveau</translation>
    </message>
    <message>
        <source>the answered mail went to {0} people: this answer goes to its writer alone</source>
        <translation>le courriel auquel vous répondez a été adressé à {0} personnes&#xa0;: cette réponse va à son auteur seul</translation>
    </message>
    <message>
        <source>the mail leaves without a signature</source>
        <translation>le courriel part sans signature</translation>
    </message>
    <message>
        <source>Assign to me and sign</source>
        <translation>Me l’attribuer et signer</translation>
    </message>
    <message>
        <source>Write a signature</source>
        <translation>Écrire une signature</translation>
    </message>
    <message>
        <source>Before sending:</source>
        <translation>Avant l’envoi&#xa0;:</translation>
    </message>
    <message>
        <source>Press again to send anyway.</source>
        <translation>Appuyez encore pour envoyer quand même.</translation>
    </message>
    <message>
        <source>No signature is added: the case is assigned to {0}.</source>
        <translation>Aucune signature ajoutée&#xa0;: le dossier est attribué à {0}.</translation>
    </message>
    <message>
        <source>No signature is added: nobody has this case, and it is not your team’s.</source>
        <translation>Aucune signature ajoutée&#xa0;: personne n’a ce dossier, et il n’est pas à votre équipe.</translation>
    </message>
    <message>
        <source>No signature is added: there is none in your profile.</source>
        <translation>Aucune signature ajoutée&#xa0;: votre profil n’en contient pas.</translation>
    </message>
    <message>
        <source>Nobody has this case: sending assigns it to you, with your signature.</source>
        <translation>Personne n’a ce dossier&#xa0;: l’envoi vous l’attribue, avec votre signature.</translation>
    </message>
</context>
<context>
    <name>MailRuleEvidence</name>
    <message>
        <source>How far back</source>
        <translation>Jusqu’où remonter</translation>
    </message>
    <message>
        <source>Replay</source>
        <translation>Rejouer</translation>
    </message>
    <message>
        <source>Time machine</source>
        <translation>Rejouer le passé</translation>
    </message>
    <message>
        <source>mails replayed</source>
        <translation>courriels rejoués</translation>
    </message>
    <message>
        <source>mails different</source>
        <translation>courriels changeraient</translation>
    </message>
    <message>
        <source>replies would go out</source>
        <translation>réponses partiraient</translation>
    </message>
    <message>
        <source>loops would begin</source>
        <translation>boucles débuteraient</translation>
    </message>
    <message>
        <source>One sender would have had case after case within an hour, as machines do, or automations would have set one another off. Narrow the conditions.</source>
        <translation>Un expéditeur aurait ouvert dossier sur dossier en une heure, comme le font les machines, ou des automatisations se seraient déclenchées l’une l’autre. Resserrez les conditions.</translation>
    </message>
    <message>
        <source>A loop would begin.</source>
        <translation>Une boucle débuterait.</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Tous</translation>
    </message>
    <message>
        <source>Replies</source>
        <translation>Réponses</translation>
    </message>
    <message>
        <source>Loops</source>
        <translation>Boucles</translation>
    </message>
    <message>
        <source>Which mails</source>
        <translation>Quels courriels</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>Date</translation>
    </message>
    <message>
        <source>Sender</source>
        <translation>Expéditeur</translation>
    </message>
    <message>
        <source>Subject</source>
        <translation>Objet</translation>
    </message>
    <message>
        <source>Really</source>
        <translation>En réalité</translation>
    </message>
    <message>
        <source>With this rule</source>
        <translation>Avec cette règle</translation>
    </message>
    <message>
        <source>No mail of these days is concerned.</source>
        <translation>Aucun courriel de ces jours n’est concerné.</translation>
    </message>
    <message>
        <source>Mail by mail</source>
        <translation>Courriel par courriel</translation>
    </message>
    <message>
        <source>last {0} days</source>
        <translation>{0} derniers jours</translation>
    </message>
    <message>
        <source>The hub replays what really came…</source>
        <translation>Le serveur Guichet rejoue ce qui est réellement arrivé…</translation>
    </message>
    <message>
        <source>Replay it before you switch it on: no mail is sent and nothing is changed.</source>
        <translation>Rejouez-la avant de l’activer&#xa0;: aucun courriel n’est envoyé et rien n’est modifié.</translation>
    </message>
    <message>
        <source>replayed in {0} s · nothing was sent</source>
        <translation>rejoué en {0} s · rien n’a été envoyé</translation>
    </message>
    <message numerus="yes">
        <source>%n mail(s) concerned</source>
        <translation>
            <numerusform>%n courriel concerné</numerusform>
            <numerusform>%n courriels concernés</numerusform>
        </translation>
    </message>
    <message>
        <source>older mails were left out</source>
        <translation>les courriels plus anciens ont été laissés de côté</translation>
    </message>
    <message>
        <source>{0}, a loop</source>
        <translation>{0}, une boucle</translation>
    </message>
</context>
<context>
    <name>MailRuleFields</name>
    <message>
        <source>Remove</source>
        <translation>Retirer</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nom</translation>
    </message>
    <message>
        <source>all</source>
        <translation>toutes</translation>
    </message>
    <message>
        <source>any</source>
        <translation>au moins une</translation>
    </message>
    <message>
        <source>How many must hold</source>
        <translation>Combien doivent être remplies</translation>
    </message>
    <message>
        <source>Condition</source>
        <translation>Condition</translation>
    </message>
    <message>
        <source>Goes to</source>
        <translation>Va à</translation>
    </message>
    <message>
        <source>Rule</source>
        <translation>Règle</translation>
    </message>
    <message>
        <source>Conditions</source>
        <translation>Conditions</translation>
    </message>
    <message>
        <source>Then</source>
        <translation>Alors</translation>
    </message>
    <message>
        <source>on</source>
        <translation>active</translation>
    </message>
    <message>
        <source>off</source>
        <translation>inactive</translation>
    </message>
    <message>
        <source>{state}, not saved</source>
        <translation>{state}, non enregistrée</translation>
    </message>
</context>
<context>
    <name>MailRulesPage</name>
    <message>
        <source>Team</source>
        <translation>Équipe</translation>
    </message>
    <message>
        <source>New rule</source>
        <translation>Nouvelle règle</translation>
    </message>
    <message>
        <source>Rule</source>
        <translation>Règle</translation>
    </message>
    <message>
        <source>Action</source>
        <translation>Action</translation>
    </message>
    <message>
        <source>30 d</source>
        <translation>30 j</translation>
    </message>
    <message>
        <source>Rules, the first that matches decides</source>
        <translation>Règles, la première qui convient décide</translation>
    </message>
    <message>
        <source>No rule: a mail enters the open case of its sender, or makes a new one.</source>
        <translation>Aucune règle&#xa0;: un courriel entre dans le dossier ouvert de son expéditeur, ou en crée un.</translation>
    </message>
    <message>
        <source>Move up</source>
        <translation>Monter</translation>
    </message>
    <message>
        <source>Move down</source>
        <translation>Descendre</translation>
    </message>
    <message>
        <source>Mail rules</source>
        <translation>Règles de courrier</translation>
    </message>
    <message>
        <source>The first that matches decides.</source>
        <translation>La première qui convient décide.</translation>
    </message>
    <message>
        <source>Switch off</source>
        <translation>Désactiver</translation>
    </message>
    <message>
        <source>Switch on</source>
        <translation>Activer</translation>
    </message>
    <message>
        <source> (off)</source>
        <translation> (inactive)</translation>
    </message>
</context>
<context>
    <name>MailboxForm</name>
    <message>
        <source>Only the hub reads it. Left empty, the one that is kept stays.</source>
        <translation>Seul le serveur Guichet le lit. Laissé vide, l’actuel est conservé.</translation>
    </message>
    <message>
        <source>Where the mailbox is</source>
        <translation>Où est la boîte</translation>
    </message>
    <message>
        <source>E-mail address</source>
        <translation>Adresse de courriel</translation>
    </message>
    <message>
        <source>Who signs in</source>
        <translation>Qui se connecte</translation>
    </message>
    <message>
        <source>Tenant</source>
        <translation>Locataire (tenant)</translation>
    </message>
    <message>
        <source>Application (client) ID</source>
        <translation>ID d’application (client)</translation>
    </message>
    <message>
        <source>Name of the account</source>
        <translation>Nom du compte</translation>
    </message>
    <message>
        <source>Empty: the address.</source>
        <translation>Vide&#xa0;: l’adresse.</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Mot de passe</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Dossier de la boîte</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>Serveur</translation>
    </message>
    <message>
        <source>Port</source>
        <translation>Port</translation>
    </message>
    <message>
        <source>Server that sends (SMTP)</source>
        <translation>Serveur d’envoi (SMTP)</translation>
    </message>
    <message>
        <source>Encryption</source>
        <translation>Chiffrement</translation>
    </message>
    <message>
        <source>Mails a minute, at most</source>
        <translation>Courriels par minute, au plus</translation>
    </message>
    <message>
        <source>What is more waits its turn.</source>
        <translation>Le surplus attend son tour.</translation>
    </message>
    <message>
        <source>Generated addresses look like</source>
        <translation>Forme des adresses générées</translation>
    </message>
    <message>
        <source>Save and test</source>
        <translation>Enregistrer et tester</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>The team’s mailbox</source>
        <translation>La boîte de l’équipe</translation>
    </message>
    <message>
        <source>A new mailbox</source>
        <translation>Une nouvelle boîte</translation>
    </message>
    <message>
        <source>The organisation’s catch-all mailbox</source>
        <translation>La boîte collectrice de l’organisation</translation>
    </message>
    <message>
        <source>any name of the domain</source>
        <translation>tout nom du domaine</translation>
    </message>
    <message>
        <source>one mailbox with a plus</source>
        <translation>une boîte avec un plus</translation>
    </message>
    <message>
        <source>an Exchange server of one’s own</source>
        <translation>un serveur Exchange à soi</translation>
    </message>
    <message>
        <source>another server (IMAP and SMTP)</source>
        <translation>un autre serveur (IMAP et SMTP)</translation>
    </message>
    <message>
        <source>the application itself, with its secret</source>
        <translation>l’application elle-même, avec son secret</translation>
    </message>
    <message>
        <source>a person, who types a code once</source>
        <translation>une personne, qui tape un code une fois</translation>
    </message>
    <message>
        <source>TLS from the start</source>
        <translation>TLS dès le début</translation>
    </message>
    <message>
        <source>none (this computer only)</source>
        <translation>aucun (cet ordinateur seulement)</translation>
    </message>
    <message>
        <source>Client secret</source>
        <translation>Secret client</translation>
    </message>
</context>
<context>
    <name>MailboxState</name>
    <message>
        <source>Test</source>
        <translation>Tester</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>Modifier</translation>
    </message>
    <message>
        <source>being tested</source>
        <translation>test en cours</translation>
    </message>
    <message>
        <source>Connected</source>
        <translation>Connectée</translation>
    </message>
    <message>
        <source>Unreachable</source>
        <translation>Injoignable</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>Refusée</translation>
    </message>
    <message>
        <source>not read yet</source>
        <translation>pas encore lue</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>All views</source>
        <translation>Toutes les vues</translation>
    </message>
    <message>
        <source>Tasks</source>
        <translation>Tâches</translation>
    </message>
    <message>
        <source>My calls</source>
        <translation>Mes appels</translation>
    </message>
    <message>
        <source>Live board</source>
        <translation>Tableau en direct</translation>
    </message>
    <message>
        <source>Manage</source>
        <translation>Gestion</translation>
    </message>
    <message>
        <source>My work</source>
        <translation>Mon travail</translation>
    </message>
    <message>
        <source>Chats</source>
        <translation>Discussions</translation>
    </message>
    <message>
        <source>Teams</source>
        <translation>Équipes</translation>
    </message>
    <message>
        <source>Organisation</source>
        <translation>Organisation</translation>
    </message>
    <message>
        <source>Demo</source>
        <translation>Démonstration</translation>
    </message>
    <message>
        <source>Broadcasts</source>
        <translation>Diffusions</translation>
    </message>
    <message>
        <source>Reports</source>
        <translation>Rapports</translation>
    </message>
    <message>
        <source>Look as the system</source>
        <translation>Comme le système</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Clair</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Sombre</translation>
    </message>
    <message>
        <source>My profile…</source>
        <translation>Mon profil…</translation>
    </message>
    <message>
        <source>Check the headset</source>
        <translation>Vérifier le casque</translation>
    </message>
    <message>
        <source>Sign out</source>
        <translation>Se déconnecter</translation>
    </message>
</context>
<context>
    <name>Manage</name>
    <message>
        <source>Calls of teams</source>
        <translation>Appels des équipes</translation>
    </message>
    <message>
        <source>Ring schedules</source>
        <translation>Horaires de sonnerie</translation>
    </message>
    <message>
        <source>Call trees</source>
        <translation>Arborescences</translation>
    </message>
    <message>
        <source>Routing rules</source>
        <translation>Acheminement</translation>
    </message>
    <message>
        <source>Numbers</source>
        <translation>Numéros</translation>
    </message>
    <message>
        <source>Trunks</source>
        <translation>Lignes</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>Importer</translation>
    </message>
    <message>
        <source>Agents</source>
        <translation>Agents</translation>
    </message>
    <message>
        <source>Fields</source>
        <translation>Champs</translation>
    </message>
    <message>
        <source>Codes</source>
        <translation>Codes</translation>
    </message>
    <message>
        <source>Mail rules</source>
        <translation>Règles de courrier</translation>
    </message>
    <message>
        <source>Mail ledger</source>
        <translation>Registre du courrier</translation>
    </message>
    <message>
        <source>Types and states</source>
        <translation>Types et états</translation>
    </message>
    <message>
        <source>Forms</source>
        <translation>Formulaires</translation>
    </message>
    <message>
        <source>Projects and tags</source>
        <translation>Projets et étiquettes</translation>
    </message>
    <message>
        <source>Calendars</source>
        <translation>Calendriers</translation>
    </message>
    <message>
        <source>Service levels</source>
        <translation>Niveaux de service</translation>
    </message>
    <message>
        <source>Automations</source>
        <translation>Automatisations</translation>
    </message>
    <message>
        <source>Replies</source>
        <translation>Réponses types</translation>
    </message>
    <message>
        <source>Macros</source>
        <translation>Macros</translation>
    </message>
    <message>
        <source>Teams</source>
        <translation>Équipes</translation>
    </message>
    <message>
        <source>Export feed</source>
        <translation>Flux d’export</translation>
    </message>
    <message>
        <source>Satisfaction</source>
        <translation>Satisfaction</translation>
    </message>
    <message>
        <source>External CRM</source>
        <translation>CRM externe</translation>
    </message>
    <message>
        <source>CRM guide</source>
        <translation>Guide du CRM</translation>
    </message>
    <message>
        <source>Getting started</source>
        <translation>Premiers pas</translation>
    </message>
    <message>
        <source>SMS</source>
        <translation>SMS</translation>
    </message>
    <message>
        <source>Message trees</source>
        <translation>Arbres de messages</translation>
    </message>
    <message>
        <source>Chat</source>
        <translation>Discussion</translation>
    </message>
</context>
<context>
    <name>ManageView</name>
    <message>
        <source>Manage</source>
        <translation>Gestion</translation>
    </message>
</context>
<context>
    <name>MergeDialog</name>
    <message>
        <source>Merge with another record</source>
        <translation>Fusionner avec une autre fiche</translation>
    </message>
    <message>
        <source>The other record</source>
        <translation>L’autre fiche</translation>
    </message>
    <message>
        <source>Which one is the same?</source>
        <translation>Quelle fiche fait double emploi&#x202f;?</translation>
    </message>
    <message>
        <source>Merge</source>
        <translation>Fusionner</translation>
    </message>
    <message>
        <source>Both histories stay.</source>
        <translation>Les deux historiques sont conservés.</translation>
    </message>
    <message>
        <source>“{0}” becomes part of “{1}”. This cannot be undone.</source>
        <translation>«&#xa0;{0}&#xa0;» sera intégré à «&#xa0;{1}&#xa0;». C’est définitif.</translation>
    </message>
    <message>
        <source>“{0}” is linked with “{1}”.</source>
        <translation>«&#xa0;{0}&#xa0;» est lié à «&#xa0;{1}&#xa0;».</translation>
    </message>
</context>
<context>
    <name>MessageStep</name>
    <message>
        <source>Answers messages</source>
        <translation>Répond aux messages</translation>
    </message>
    <message>
        <source>Choose</source>
        <translation>Choisir</translation>
    </message>
    <message>
        <source>Team</source>
        <translation>Équipe</translation>
    </message>
    <message>
        <source>Digits and keywords with commas between them; any of them chooses this.</source>
        <translation>Chiffres et mots-clés séparés par des virgules&#x202f;; chacun d’eux choisit cette ligne.</translation>
    </message>
    <message>
        <source>Chosen by</source>
        <translation>Choisie par</translation>
    </message>
    <message>
        <source>Which one</source>
        <translation>Lequel</translation>
    </message>
    <message>
        <source>Leads to</source>
        <translation>Mène à</translation>
    </message>
    <message>
        <source>Said in French</source>
        <translation>Dit en français</translation>
    </message>
    <message>
        <source>Said in English</source>
        <translation>Dit en anglais</translation>
    </message>
    <message>
        <source>Question in French</source>
        <translation>Question en français</translation>
    </message>
    <message>
        <source>Question in English</source>
        <translation>Question en anglais</translation>
    </message>
    <message>
        <source>Menu</source>
        <translation>Menu</translation>
    </message>
    <message>
        <source>Asked again</source>
        <translation>Répété</translation>
    </message>
    <message>
        <source>The first menu</source>
        <translation>Le premier menu</translation>
    </message>
    <message>
        <source>Nothing of it is chosen</source>
        <translation>Rien n’est choisi</translation>
    </message>
    <message>
        <source>The team is closed</source>
        <translation>L’équipe est fermée</translation>
    </message>
    <message>
        <source>Choice</source>
        <translation>Choix</translation>
    </message>
</context>
<context>
    <name>MessageTree</name>
    <message>
        <source>shown above</source>
        <translation>voir plus haut</translation>
    </message>
    <message>
        <source>Menus and answers</source>
        <translation>Menus et réponses</translation>
    </message>
    <message>
        <source>Team or sub-team</source>
        <translation>Équipe ou sous-équipe</translation>
    </message>
    <message>
        <source>Agent</source>
        <translation>Agent</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>Réponse</translation>
    </message>
    <message>
        <source>Menu</source>
        <translation>Menu</translation>
    </message>
    <message>
        <source>Stays with the team</source>
        <translation>Reste à l’équipe</translation>
    </message>
    <message>
        <source>no first menu</source>
        <translation>pas de premier menu</translation>
    </message>
    <message>
        <source>leads to no menu</source>
        <translation>ne mène à aucun menu</translation>
    </message>
    <message>
        <source>says nothing</source>
        <translation>ne dit rien</translation>
    </message>
    <message>
        <source>says too much</source>
        <translation>trop long</translation>
    </message>
    <message>
        <source>no digit or keyword</source>
        <translation>ni chiffre ni mot-clé</translation>
    </message>
    <message>
        <source>chosen by two lines</source>
        <translation>choisi par deux lignes</translation>
    </message>
    <message>
        <source>target missing</source>
        <translation>cible manquante</translation>
    </message>
    <message>
        <source>anything else</source>
        <translation>autre chose</translation>
    </message>
    <message>
        <source>closed</source>
        <translation>fermé</translation>
    </message>
    <message>
        <source>Menu “{0}”</source>
        <translation>Menu «&#xa0;{0}&#xa0;»</translation>
    </message>
    <message>
        <source>The case goes to {0}.</source>
        <translation>Le dossier va à {0}.</translation>
    </message>
    <message>
        <source>The case stays with the team.</source>
        <translation>Le dossier reste à l’équipe.</translation>
    </message>
</context>
<context>
    <name>MessageTreePage</name>
    <message>
        <source>Message tree</source>
        <translation>Arborescence de messages</translation>
    </message>
    <message>
        <source>Name of the tree</source>
        <translation>Nom de l’arborescence</translation>
    </message>
    <message>
        <source>Remove this tree</source>
        <translation>Supprimer cette arborescence</translation>
    </message>
    <message>
        <source>Add an answer</source>
        <translation>Ajouter une réponse</translation>
    </message>
    <message>
        <source>There is no message tree.</source>
        <translation>Il n’y a aucune arborescence de messages.</translation>
    </message>
    <message>
        <source>It asks who writes what it is about, and leads the case to a team, an agent or an answer.</source>
        <translation>Elle demande à qui écrit de quoi il s’agit, et mène le dossier à une équipe, à un agent ou à une réponse.</translation>
    </message>
    <message>
        <source>walk</source>
        <translation>parcourir</translation>
    </message>
    <message>
        <source>add</source>
        <translation>ajouter</translation>
    </message>
    <message>
        <source>take away</source>
        <translation>retirer</translation>
    </message>
    <message>
        <source>Chosen line</source>
        <translation>Ligne choisie</translation>
    </message>
    <message>
        <source>Try a message</source>
        <translation>Essayer un message</translation>
    </message>
    <message>
        <source>Beside the tree</source>
        <translation>À côté de l’arborescence</translation>
    </message>
    <message>
        <source>What a customer writes</source>
        <translation>Ce qu’écrit un client</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>Envoyer</translation>
    </message>
    <message>
        <source>Begin anew</source>
        <translation>Recommencer</translation>
    </message>
    <message>
        <source>With the tree as it stands here, saved or not.</source>
        <translation>Avec l’arborescence telle qu’elle est ici, enregistrée ou non.</translation>
    </message>
    <message>
        <source>New message tree</source>
        <translation>Nouvelle arborescence</translation>
    </message>
</context>
<context>
    <name>MovesCard</name>
    <message>
        <source>Allowed moves</source>
        <translation>Passages permis</translation>
    </message>
    <message>
        <source>What agents may choose. Customers’ answers and automations are not held by it.</source>
        <translation>Ce que les agents peuvent choisir. Les réponses des clients et les automatisations n’en dépendent pas.</translation>
    </message>
    <message>
        <source>unnamed</source>
        <translation>sans nom</translation>
    </message>
    <message>
        <source>From {0} to {1}</source>
        <translation>De {0} à {1}</translation>
    </message>
</context>
<context>
    <name>MovingPage</name>
    <message>
        <source>Take the caller back</source>
        <translation>Reprendre l’appelant</translation>
    </message>
    <message>
        <source>Your call is on its way</source>
        <translation>Votre appel est en route</translation>
    </message>
    <message>
        <source>sees the case and your note</source>
        <translation>voit le dossier et votre note</translation>
    </message>
    <message>
        <source>sees the caller and your note</source>
        <translation>voit l’appelant et votre note</translation>
    </message>
    <message>
        <source>Rings</source>
        <translation>Sonne</translation>
    </message>
    <message>
        <source>On hold, hears music</source>
        <translation>En garde, entend la musique</translation>
    </message>
    <message>
        <source>If nobody answers: {0}</source>
        <translation>Si personne ne répond&#xa0;: {0}</translation>
    </message>
    <message>
        <source>You</source>
        <translation>Vous</translation>
    </message>
    <message>
        <source>Voicemail</source>
        <translation>Messagerie</translation>
    </message>
    <message>
        <source>Queue of {0}</source>
        <translation>File d’appels – {0}</translation>
    </message>
</context>
<context>
    <name>NewCaseDialog</name>
    <message>
        <source>New case</source>
        <translation>Nouveau dossier</translation>
    </message>
    <message>
        <source>Name, organisation, number, account…</source>
        <translation>Nom, organisation, numéro, compte…</translation>
    </message>
    <message>
        <source>Choose a team</source>
        <translation>Choisir une équipe</translation>
    </message>
    <message>
        <source>Choose a number</source>
        <translation>Choisir un numéro</translation>
    </message>
    <message>
        <source>Any number of the organisation.</source>
        <translation>Tout numéro de l’organisation.</translation>
    </message>
    <message>
        <source>Customer</source>
        <translation>Client</translation>
    </message>
    <message>
        <source>Subject</source>
        <translation>Objet</translation>
    </message>
    <message>
        <source>Team</source>
        <translation>Équipe</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>Type</translation>
    </message>
    <message>
        <source>Number to communicate with</source>
        <translation>Numéro de communication</translation>
    </message>
    <message>
        <source>Open it</source>
        <translation>L’ouvrir</translation>
    </message>
    <message>
        <source>Create case</source>
        <translation>Créer le dossier</translation>
    </message>
    <message>
        <source>* asked; nothing else is needed</source>
        <translation>* obligatoire&#x202f;; le reste est facultatif</translation>
    </message>
    <message>
        <source>{0} is a sub-team: calls and SMS of this case leave with this number, which can be changed.</source>
        <translation>{0} est une sous-équipe&#xa0;: appels et SMS de ce dossier partent avec ce numéro, modifiable ensuite.</translation>
    </message>
    <message numerus="yes">
        <source>This customer has %n open case(s). The latest: {0}.</source>
        <translation>
            <numerusform>Ce client a %n dossier ouvert. Le dernier&#xa0;: {0}.</numerusform>
            <numerusform>Ce client a %n dossiers ouverts. Le dernier&#xa0;: {0}.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Note</name>
    <message>
        <source>Note of {0}</source>
        <translation>Note de {0}</translation>
    </message>
</context>
<context>
    <name>NoteComposer</name>
    <message>
        <source>Write what was said and done…</source>
        <translation>Écrivez ce qui a été dit et fait…</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Note</translation>
    </message>
    <message>
        <source>File as follow-up</source>
        <translation>Classer en suivi</translation>
    </message>
    <message>
        <source>Internal note</source>
        <translation>Note interne</translation>
    </message>
    <message>
        <source>colleagues read it, the customer does not</source>
        <translation>lue par les collègues, jamais par le client</translation>
    </message>
    <message>
        <source>Attach a file</source>
        <translation>Joindre un fichier</translation>
    </message>
    <message>
        <source>Live note</source>
        <translation>Note d’appel</translation>
    </message>
    <message>
        <source>goes with the call if you transfer it</source>
        <translation>suit l’appel en cas de transfert</translation>
    </message>
    <message>
        <source>Take {0} away</source>
        <translation>Retirer {0}</translation>
    </message>
</context>
<context>
    <name>NumberPage</name>
    <message>
        <source>Number</source>
        <translation>Numéro</translation>
    </message>
    <message>
        <source>Team</source>
        <translation>Équipe</translation>
    </message>
    <message>
        <source>There is no number yet.</source>
        <translation>Il n’y a pas encore de numéro.</translation>
    </message>
    <message>
        <source>Add the number that your operator gave you.</source>
        <translation>Ajoutez le numéro que votre opérateur vous a donné.</translation>
    </message>
    <message>
        <source>Numbers</source>
        <translation>Numéros</translation>
    </message>
    <message>
        <source>Add a number</source>
        <translation>Ajouter un numéro</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Retirer</translation>
    </message>
    <message>
        <source>The digits of a number that was saved do not change: add the new one, then remove the old.</source>
        <translation>Les chiffres d’un numéro enregistré ne changent pas&#xa0;: ajoutez le nouveau, puis retirez l’ancien.</translation>
    </message>
    <message>
        <source>A team keeps one number at least: sub-teams speak through it.</source>
        <translation>Une équipe garde au moins un numéro&#xa0;: ses sous-équipes communiquent avec lui.</translation>
    </message>
    <message>
        <source>Team that it reaches</source>
        <translation>Équipe appelée</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>Libellé</translation>
    </message>
    <message>
        <source>New number</source>
        <translation>Nouveau numéro</translation>
    </message>
</context>
<context>
    <name>ObjectsPart</name>
    <message>
        <source>Name</source>
        <translation>Nom</translation>
    </message>
    <message>
        <source>Owner</source>
        <translation>Propriétaire</translation>
    </message>
    <message>
        <source>All types</source>
        <translation>Tous les types</translation>
    </message>
    <message>
        <source>Conditions</source>
        <translation>Conditions</translation>
    </message>
    <message>
        <source>Objects</source>
        <translation>Objets</translation>
    </message>
    <message>
        <source>which cases</source>
        <translation>quels dossiers</translation>
    </message>
    <message>
        <source>Types</source>
        <translation>Types</translation>
    </message>
    <message>
        <source>Everybody</source>
        <translation>Tous</translation>
    </message>
</context>
<context>
    <name>Outside</name>
    <message>
        <source>The customer has no {place}.</source>
        <translation>Le client n’a pas de {place}.</translation>
    </message>
    <message>
        <source>CRM guide</source>
        <translation>Guide du CRM</translation>
    </message>
    <message>
        <source>Open the case in {system}</source>
        <translation>Ouvrir le dossier dans {system}</translation>
    </message>
    <message>
        <source>Open the customer in {system}</source>
        <translation>Ouvrir le client dans {system}</translation>
    </message>
</context>
<context>
    <name>OutsidePage</name>
    <message>
        <source>System</source>
        <translation>Système</translation>
    </message>
    <message>
        <source>Opens</source>
        <translation>Ouvre</translation>
    </message>
    <message>
        <source>No other system is linked.</source>
        <translation>Aucun autre système n’est relié.</translation>
    </message>
    <message>
        <source>A link opens the customer or the case in Salesforce, NetSuite or any other system with one click.</source>
        <translation>Un lien ouvre le client ou le dossier dans Salesforce, NetSuite ou tout autre système en un clic.</translation>
    </message>
    <message>
        <source>External CRM</source>
        <translation>CRM externe</translation>
    </message>
    <message>
        <source>New link</source>
        <translation>Nouveau lien</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Retirer</translation>
    </message>
    <message>
        <source>Begin with…</source>
        <translation>Partir de…</translation>
    </message>
    <message>
        <source>Places: {account_number}, {name}, {email}, {phone}, {organisation}, {custom.…} for a custom field; for a case also {number} and {subject}.</source>
        <translation>Variables&#xa0;: {account_number}, {name}, {email}, {phone}, {organisation}, {custom.…} pour un champ personnalisé&#x202f;; pour un dossier aussi {number} et {subject}.</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nom</translation>
    </message>
    <message>
        <source>Web address</source>
        <translation>Adresse web</translation>
    </message>
    <message>
        <source>A system that is known</source>
        <translation>Un système connu</translation>
    </message>
    <message>
        <source>What it opens</source>
        <translation>Ce qu’il ouvre</translation>
    </message>
    <message>
        <source>the customer</source>
        <translation>le client</translation>
    </message>
    <message>
        <source>the case</source>
        <translation>le dossier</translation>
    </message>
</context>
<context>
    <name>Owned</name>
    <message>
        <source>my own</source>
        <translation>moi seul</translation>
    </message>
    <message>
        <source>everybody’s</source>
        <translation>tout le monde</translation>
    </message>
</context>
<context>
    <name>PaletteView</name>
    <message>
        <source>Search customers, cases, actions…</source>
        <translation>Chercher un client, un dossier, une action…</translation>
    </message>
    <message>
        <source>Search everything</source>
        <translation>Tout chercher</translation>
    </message>
    <message>
        <source>Found</source>
        <translation>Trouvé</translation>
    </message>
    <message>
        <source>choose</source>
        <translation>choisir</translation>
    </message>
    <message>
        <source>run</source>
        <translation>lancer</translation>
    </message>
    <message>
        <source>narrow</source>
        <translation>restreindre</translation>
    </message>
    <message>
        <source>&gt; actions   # cases   @ customers</source>
        <translation>&gt; actions   # dossiers   @ clients</translation>
    </message>
    <message>
        <source>actions</source>
        <translation>actions</translation>
    </message>
    <message>
        <source>cases</source>
        <translation>dossiers</translation>
    </message>
    <message>
        <source>customers</source>
        <translation>clients</translation>
    </message>
    <message>
        <source>Nothing is called “{0}”.</source>
        <translation>Rien ne s’appelle «&#xa0;{0}&#xa0;».</translation>
    </message>
    <message>
        <source>Actions</source>
        <translation>Actions</translation>
    </message>
    <message>
        <source>Cases</source>
        <translation>Dossiers</translation>
    </message>
    <message>
        <source>Customers</source>
        <translation>Clients</translation>
    </message>
</context>
<context>
    <name>PartyChip</name>
    <message>
        <source>added</source>
        <translation>ajouté</translation>
    </message>
    <message>
        <source>Put {0} back</source>
        <translation>Remettre {0}</translation>
    </message>
    <message>
        <source>Take {0} out</source>
        <translation>Retirer {0}</translation>
    </message>
</context>
<context>
    <name>PastDueCard</name>
    <message numerus="yes">
        <source>%n reminder(s) came due while you were away</source>
        <translation>
            <numerusform>%n rappel échu en votre absence</numerusform>
            <numerusform>%n rappels échus en votre absence</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PastDueDialog</name>
    <message>
        <source>Snooze all 1 h</source>
        <translation>Tout reporter de 1 h</translation>
    </message>
    <message>
        <source>To my work</source>
        <translation>Au travail</translation>
    </message>
    <message>
        <source>They stay in your tasks as overdue.</source>
        <translation>Tout rappel en retard reste dans vos tâches.</translation>
    </message>
    <message numerus="yes">
        <source>%n reminder(s) came due while you were away</source>
        <translation>
            <numerusform>%n rappel échu en votre absence</numerusform>
            <numerusform>%n rappels échus en votre absence</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %n more in your tasks</source>
        <translation>
            <numerusform>et %n autre dans vos tâches</numerusform>
            <numerusform>et %n autres dans vos tâches</numerusform>
        </translation>
    </message>
    <message>
        <source>The customer’s hour</source>
        <translation>L’heure du client</translation>
    </message>
    <message>
        <source>Call</source>
        <translation>Appeler</translation>
    </message>
    <message>
        <source>Call all the same</source>
        <translation>Appeler quand même</translation>
    </message>
    <message>
        <source>Call {0}</source>
        <translation>Appeler {0}</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Ouvrir</translation>
    </message>
</context>
<context>
    <name>PortalPage</name>
    <message>
        <source>Page</source>
        <translation>Page</translation>
    </message>
    <message>
        <source>Portal</source>
        <translation>Portail</translation>
    </message>
    <message>
        <source>Customers sign in to their cases</source>
        <translation>Les clients se connectent à leurs dossiers</translation>
    </message>
    <message>
        <source>Try it</source>
        <translation>Essayer</translation>
    </message>
    <message>
        <source>Where customers reach the hub’s pages: forms, portal, satisfaction, API. It listens on this computer only until web.toml says more.</source>
        <translation>L’adresse où les clients trouvent les pages du serveur Guichet&#xa0;: formulaires, portail, satisfaction, API. Tant que web.toml n’indique rien d’autre, il n’écoute que sur cet ordinateur.</translation>
    </message>
    <message>
        <source>Address of the pages</source>
        <translation>Adresse des pages</translation>
    </message>
    <message>
        <source>A customer types her e-mail address and gets a link. She sees her own public cases and what was written to her, answers, attaches files, says that it is solved, and rates it.</source>
        <translation>Un client indique son adresse de courriel et reçoit un lien. Il voit ses propres dossiers publics et ce qui lui a été écrit, répond, joint des fichiers, dit que c’est résolu, et donne son avis.</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>Pages for customers</source>
        <translation>Pages pour les clients</translation>
    </message>
    <message>
        <source>open</source>
        <translation>ouvert</translation>
    </message>
    <message>
        <source>off</source>
        <translation>arrêté</translation>
    </message>
</context>
<context>
    <name>ProfileDialog</name>
    <message>
        <source>My profile</source>
        <translation>Mon profil</translation>
    </message>
    <message>
        <source>Customers see your name before the team’s name in every mail, although the address is the team’s.</source>
        <translation>Dans chaque courriel, les clients voient votre nom avant celui de l’équipe, bien que l’adresse soit celle de l’équipe.</translation>
    </message>
    <message>
        <source>Your name, your function, a telephone number…</source>
        <translation>Votre nom, votre fonction, un numéro de téléphone…</translation>
    </message>
    <message>
        <source>Added by itself to each mail that you send as the agent whom the case is assigned to.</source>
        <translation>Ajoutée automatiquement à chaque courriel que vous envoyez pour un dossier qui vous est attribué.</translation>
    </message>
    <message>
        <source>Signature</source>
        <translation>Signature</translation>
    </message>
    <message>
        <source>On a colleague’s case no signature is added, and the composer says so. A case that nobody has becomes yours when you answer.</source>
        <translation>Sur le dossier d’un collègue, aucune signature n’est ajoutée, et l’éditeur le dit. Un dossier que personne n’a devient le vôtre quand vous répondez.</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Enregistrer</translation>
    </message>
</context>
<context>
    <name>ProjectsPage</name>
    <message>
        <source>A new project</source>
        <translation>Un nouveau projet</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Ajouter</translation>
    </message>
    <message>
        <source>The code that they gave you</source>
        <translation>Le code qu’ils vous ont donné</translation>
    </message>
    <message>
        <source>Take</source>
        <translation>Accepter</translation>
    </message>
    <message>
        <source>Let others hand cases to…</source>
        <translation>Autoriser d’autres à confier à…</translation>
    </message>
    <message>
        <source>Let others hand cases to a team</source>
        <translation>Autoriser d’autres organisations à confier des dossiers à une équipe</translation>
    </message>
    <message>
        <source>Projects</source>
        <translation>Projets</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>Étiquettes</translation>
    </message>
    <message>
        <source>Other organisations</source>
        <translation>Autres organisations</translation>
    </message>
    <message>
        <source>A tag is in this list once it was used. A new name is written into all live cases.</source>
        <translation>Une étiquette figure ici dès qu’elle a servi. Un nouveau nom est repris dans tous les dossiers en cours.</translation>
    </message>
    <message>
        <source>Both administrators must want it: one opens a way to a team, the other takes it by its code.</source>
        <translation>Les deux administrateurs doivent le vouloir&#xa0;: l’un ouvre un accès à une équipe, l’autre l’accepte par son code.</translation>
    </message>
    <message>
        <source>Projects and tags</source>
        <translation>Projets et étiquettes</translation>
    </message>
    <message>
        <source>There is no project yet.</source>
        <translation>Il n’y a pas encore de projet.</translation>
    </message>
    <message>
        <source>No tag was used yet.</source>
        <translation>Aucune étiquette n’a encore servi.</translation>
    </message>
    <message>
        <source>Name of the project {0}</source>
        <translation>Nom du projet {0}</translation>
    </message>
    <message>
        <source>What {0} is about</source>
        <translation>L’objet de {0}</translation>
    </message>
    <message>
        <source>What it is about</source>
        <translation>De quoi il s’agit</translation>
    </message>
    <message>
        <source>{0} live</source>
        <translation>{0} en cours</translation>
    </message>
    <message>
        <source>List the cases of {0}</source>
        <translation>Lister les dossiers de {0}</translation>
    </message>
    <message>
        <source>archived</source>
        <translation>archivé</translation>
    </message>
    <message>
        <source>{0} is archived</source>
        <translation>{0} est archivé</translation>
    </message>
    <message>
        <source>Tag {0}</source>
        <translation>Étiquette {0}</translation>
    </message>
    <message>
        <source>offered</source>
        <translation>proposée</translation>
    </message>
    <message>
        <source>{0} is offered</source>
        <translation>{0} est proposée</translation>
    </message>
    <message>
        <source>to {0}, {1}</source>
        <translation>vers {0}, {1}</translation>
    </message>
    <message>
        <source>from {0} to {1}</source>
        <translation>de {0} vers {1}</translation>
    </message>
    <message>
        <source>to {0}, not taken yet: {1}</source>
        <translation>vers {0}, pas encore accepté&#xa0;: {1}</translation>
    </message>
    <message>
        <source>Close the way {0}</source>
        <translation>Fermer l’accès {0}</translation>
    </message>
</context>
<context>
    <name>Rail</name>
    <message>
        <source>My settings</source>
        <translation>Mes réglages</translation>
    </message>
</context>
<context>
    <name>Reason</name>
    <message>
        <source>Break</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>Lunch</source>
        <translation>Déjeuner</translation>
    </message>
    <message>
        <source>Meeting</source>
        <translation>Réunion</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>Formation</translation>
    </message>
    <message>
        <source>Paperwork</source>
        <translation>Administratif</translation>
    </message>
    <message>
        <source>Technical</source>
        <translation>Technique</translation>
    </message>
    <message>
        <source>Calls missed</source>
        <translation>Appels manqués</translation>
    </message>
    <message>
        <source>Missed two calls</source>
        <translation>Deux appels manqués</translation>
    </message>
</context>
<context>
    <name>RecipientLine</name>
    <message>
        <source>Put back</source>
        <translation>Remettre</translation>
    </message>
    <message>
        <source>was in the answered mail</source>
        <translation>était dans le courriel d’origine</translation>
    </message>
</context>
<context>
    <name>RecordPage</name>
    <message>
        <source>Team</source>
        <translation>Équipe</translation>
    </message>
</context>
<context>
    <name>ReferDialog</name>
    <message>
        <source>Hand over to another organisation</source>
        <translation>Confier à une autre organisation</translation>
    </message>
    <message>
        <source>Choose a team</source>
        <translation>Choisir une équipe</translation>
    </message>
    <message>
        <source>They read this, the subject, the description and who the customer is; nothing else.</source>
        <translation>Ils lisent ceci, l’objet, la description et qui est le client&#x202f;; rien d’autre.</translation>
    </message>
    <message>
        <source>To</source>
        <translation>À</translation>
    </message>
    <message>
        <source>What they should know</source>
        <translation>Ce qu’ils doivent savoir</translation>
    </message>
    <message>
        <source>Hand over</source>
        <translation>Confier</translation>
    </message>
    <message>
        <source>This case stays here, with a trace.</source>
        <translation>Ce dossier reste ici, avec une trace.</translation>
    </message>
</context>
<context>
    <name>Refusal</name>
    <message>
        <source>You do not have the permission for this. Ask a lead or an administrator.</source>
        <translation>Vous n’avez pas ce droit. Demandez à un responsable ou à un administrateur.</translation>
    </message>
    <message>
        <source>This record is not there any more, or it is not yours to see.</source>
        <translation>Cette fiche n’existe plus, ou vous n’y avez pas accès.</translation>
    </message>
    <message>
        <source>A colleague changed this a moment ago. Both versions are shown; choose.</source>
        <translation>Un collègue vient de modifier ceci. Les deux versions sont affichées&#x202f;; choisissez.</translation>
    </message>
    <message>
        <source>{field} is needed.</source>
        <translation>{field} est à renseigner.</translation>
    </message>
    <message>
        <source>{field} is too long: {length} characters, at most {most}.</source>
        <translation>{field} compte {length} caractères, {most} au plus.</translation>
    </message>
    <message>
        <source>“{value}” is not a telephone number. Example: {example}.</source>
        <translation>«&#xa0;{value}&#xa0;» n’est pas un numéro de téléphone. Exemple&#xa0;: {example}.</translation>
    </message>
    <message>
        <source>“{value}” is not an e-mail address.</source>
        <translation>«&#xa0;{value}&#xa0;» n’est pas une adresse de courriel.</translation>
    </message>
    <message>
        <source>“{value}” is not a web address. It begins with https:// or http://.</source>
        <translation>«&#xa0;{value}&#xa0;» n’est pas une adresse web. Elle commence par https:// ou http://.</translation>
    </message>
    <message>
        <source>“{value}” is not a number.</source>
        <translation>«&#xa0;{value}&#xa0;» n’est pas un nombre.</translation>
    </message>
    <message>
        <source>“{value}” is not a date. Example: 2026-11-25.</source>
        <translation>«&#xa0;{value}&#xa0;» n’est pas une date. Exemple&#xa0;: 2026-11-25.</translation>
    </message>
    <message>
        <source>“{value}” is not one of the choices of {field}.</source>
        <translation>«&#xa0;{value}&#xa0;» n’est pas un des choix de {field}.</translation>
    </message>
    <message>
        <source>{time} does not exist in {zone} on that night: the clocks go forward. Use {proposed}.</source>
        <translation>{time} n’existe pas à {zone} cette nuit-là&#xa0;: les horloges avancent. Prenez {proposed}.</translation>
    </message>
    <message>
        <source>The kind of a saved field cannot change. Make a new field instead.</source>
        <translation>Ce que contient un champ enregistré ne change plus. Créez un autre champ.</translation>
    </message>
    <message>
        <source>A sub-team needs a default communication team: every case needs a number to communicate with.</source>
        <translation>Une sous-équipe a besoin d’une équipe de communication par défaut&#xa0;: chaque dossier a besoin d’un numéro pour communiquer.</translation>
    </message>
    <message>
        <source>The default communication team must have a telephone number of its own.</source>
        <translation>L’équipe de communication par défaut doit avoir son propre numéro de téléphone.</translation>
    </message>
    <message>
        <source>This team is the communication team of {teams}. Choose another one for them first.</source>
        <translation>Cette équipe est l’équipe de communication de {teams}. Choisissez-en d’abord une autre pour elles.</translation>
    </message>
    <message>
        <source>{value} belongs to another team already.</source>
        <translation>{value} appartient déjà à une autre équipe.</translation>
    </message>
    <message>
        <source>“{value}” is taken already. Choose another name.</source>
        <translation>«&#xa0;{value}&#xa0;» est déjà pris. Choisissez un autre nom.</translation>
    </message>
    <message>
        <source>Account number {value} belongs to another customer.</source>
        <translation>Le numéro de compte {value} appartient à un autre client.</translation>
    </message>
    <message>
        <source>A closed case does not change. Open a linked case instead.</source>
        <translation>Un dossier fermé ne change plus. Ouvrez un dossier lié.</translation>
    </message>
    <message>
        <source>By turns and by load automations assign; a macro names the agent, or who uses it.</source>
        <translation>Seules les automatisations attribuent à tour de rôle ou selon la charge&#x202f;; une macro nomme l’agent, ou celui qui l’utilise.</translation>
    </message>
    <message>
        <source>Assign the case before you solve it.</source>
        <translation>Attribuez le dossier avant de le résoudre.</translation>
    </message>
    <message>
        <source>A case that was worked on cannot become new again.</source>
        <translation>Un dossier déjà traité ne redevient pas nouveau.</translation>
    </message>
    <message>
        <source>This state does not belong to the type of the case.</source>
        <translation>Cet état n’appartient pas au type du dossier.</translation>
    </message>
    <message>
        <source>{agent} is not a member of {team}.</source>
        <translation>{agent} n’est pas membre de {team}.</translation>
    </message>
    <message>
        <source>This is the same record: choose another one to merge with it.</source>
        <translation>C’est la même fiche : choisissez-en une autre à fusionner avec elle.</translation>
    </message>
    <message>
        <source>{merged} was merged into {kept} already.</source>
        <translation>{merged} a déjà été fusionné avec {kept}.</translation>
    </message>
    <message>
        <source>{agent} has taken this already.</source>
        <translation>{agent} l’a déjà pris en charge.</translation>
    </message>
    <message>
        <source>“{name}” has {size_mb} MB; at most {most_mb} MB can be attached.</source>
        <translation>«&#xa0;{name}&#xa0;» pèse {size_mb} Mo&#x202f;; on peut joindre {most_mb} Mo au plus.</translation>
    </message>
    <message>
        <source>The name or the password is not right. Capital letters count.</source>
        <translation>Le nom ou le mot de passe est incorrect. Attention aux majuscules.</translation>
    </message>
    <message>
        <source>A password has at least {least} characters.</source>
        <translation>Un mot de passe a au moins {least} caractères.</translation>
    </message>
    <message>
        <source>The server {server} does not answer. Your text is kept on this computer.</source>
        <translation>Le serveur {server} ne répond pas. Votre texte est gardé sur ce poste.</translation>
    </message>
    <message>
        <source>The server is newer than this desk. Update Guichet (at least version {needed}) and sign in again.</source>
        <translation>Le serveur est plus récent que ce poste. Mettez Guichet à jour (version {needed} au moins) et reconnectez-vous.</translation>
    </message>
    <message>
        <source>The server&apos;s database is older than this desk. Ask the administrator: guichetctl database upgrade.</source>
        <translation>La base du serveur est plus ancienne que ce poste. Voyez l’administrateur&#xa0;: guichetctl database upgrade.</translation>
    </message>
    <message>
        <source>The server has no room left. Nothing was stored; tell the administrator.</source>
        <translation>Le serveur n’a plus de place. Rien n’a été enregistré&#x202f;; prévenez l’administrateur.</translation>
    </message>
    <message>
        <source>This call has ended.</source>
        <translation>Cet appel est terminé.</translation>
    </message>
    <message>
        <source>Choose the result of your last call first.</source>
        <translation>Choisissez d’abord le résultat de votre dernier appel.</translation>
    </message>
    <message>
        <source>{agent} is on a call. Wait until it has ended.</source>
        <translation>{agent} est en appel. Attendez qu’il soit terminé.</translation>
    </message>
    <message>
        <source>This call cannot be recorded so. Ask an administrator.</source>
        <translation>Cet appel ne peut pas être enregistré ainsi. Demandez à un administrateur.</translation>
    </message>
    <message>
        <source>“{value}” names no header. Write its name, a colon and its value: X-Priority: 1.</source>
        <translation>«&#xa0;{value}&#xa0;» ne nomme aucun en-tête. Écrivez son nom, deux-points et sa valeur&#xa0;: X-Priority: 1.</translation>
    </message>
    <message>
        <source>“{value}” is no identifier: letters, digits and dashes, as Microsoft’s page shows it.</source>
        <translation>«&#xa0;{value}&#xa0;» n’est pas un identifiant&#xa0;: lettres, chiffres et tirets, comme sur la page de Microsoft.</translation>
    </message>
    <message>
        <source>{value} leads to a team already.</source>
        <translation>{value} mène déjà à une équipe.</translation>
    </message>
    <message>
        <source>A mail goes to {most} people at most; this one has {count}. A mailing needs another tool.</source>
        <translation>Un courriel va à {most} personnes au plus&#x202f;; celui-ci en compte {count}. Un envoi en nombre demande un autre outil.</translation>
    </message>
    <message>
        <source>It is too late: the mail has left. Write to its recipients again if something was wrong.</source>
        <translation>Trop tard&#xa0;: le courriel est parti. Écrivez de nouveau à ses destinataires si quelque chose n’allait pas.</translation>
    </message>
    <message>
        <source>The text cannot be filled in: {error}</source>
        <translation>Le texte ne peut pas être rempli&#xa0;: {error}</translation>
    </message>
    <message>
        <source>{field} has to be one line, without control characters.</source>
        <translation>{field}&#xa0;: une seule ligne, sans caractères de contrôle.</translation>
    </message>
    <message>
        <source>The type “{type}” is not enabled. Choose another one, or ask an administrator.</source>
        <translation>Le type «&#xa0;{type}&#xa0;» n’est pas activé. Choisissez-en un autre ou demandez à un administrateur.</translation>
    </message>
    <message>
        <source>From “{from}” a case does not go to “{to}”. Choose one of the states that are offered.</source>
        <translation>De «&#xa0;{from}&#xa0;», un dossier ne passe pas à «&#xa0;{to}&#xa0;». Choisissez l’un des états proposés.</translation>
    </message>
    <message>
        <source>A type needs a state that means solved and one that means closed.</source>
        <translation>Un type a besoin d’un état qui signifie résolu et d’un autre qui signifie fermé.</translation>
    </message>
    <message>
        <source>Choose the state in which new ones begin; it is neither solved nor closed.</source>
        <translation>Choisissez l’état par lequel les nouveaux commencent&#x202f;; il n’est ni résolu ni fermé.</translation>
    </message>
    <message>
        <source>What the state “{state}” means is fixed once it is saved. Make a new state instead.</source>
        <translation>Ce que l’état «&#xa0;{state}&#xa0;» signifie est fixé une fois enregistré. Créez plutôt un nouvel état.</translation>
    </message>
    <message>
        <source>One type of cases stays enabled. Enable another one first.</source>
        <translation>Un type de dossiers reste activé. Activez-en d’abord un autre.</translation>
    </message>
    <message>
        <source>This case was handed to them already.</source>
        <translation>Ce dossier leur a déjà été confié.</translation>
    </message>
    <message>
        <source>At most {most} can be made here. Remove one first.</source>
        <translation>Il ne peut y en avoir plus de {most} ici. Supprimez-en d’abord un.</translation>
    </message>
    <message>
        <source>Service levels count by this calendar: {policies}. Choose another one for them first.</source>
        <translation>Des niveaux de service comptent avec ce calendrier&#xa0;: {policies}. Choisissez-en d’abord un autre pour eux.</translation>
    </message>
    <message>
        <source>This customer wrote STOP and gets no SMS. Call her or write a mail; she may write START.</source>
        <translation>Ce client a écrit STOP et ne reçoit plus de SMS. Appelez-le ou écrivez-lui un courriel&#x202f;; il peut écrire START.</translation>
    </message>
    <message>
        <source>A sub-team gets messages through a team with a number only: its message tree, or a hand-over.</source>
        <translation>Une sous-équipe ne reçoit de messages que par une équipe qui a un numéro&#xa0;: son arborescence de messages, ou un transfert.</translation>
    </message>
    <message>
        <source>This chat is over.</source>
        <translation>Cette discussion est terminée.</translation>
    </message>
    <message>
        <source>A sub-team has no number, so it sends no broadcasts. Ask its communication team.</source>
        <translation>Une sous-équipe n’a pas de numéro et n’envoie donc pas de diffusion. Adressez-vous à son équipe de communication.</translation>
    </message>
    <message>
        <source>{field}: between {least} and {most}.</source>
        <translation>{field}&#xa0;: entre {least} et {most}.</translation>
    </message>
    <message>
        <source>The menu “{menu}” would lead callers astray. Look at its keys and where they lead.</source>
        <translation>Le menu «&#xa0;{menu}&#xa0;» égarerait les appelants. Vérifiez ses touches et où elles mènent.</translation>
    </message>
    <message>
        <source>Nobody is free there just now. Hand the call over, or choose somebody else.</source>
        <translation>Personne n’y est libre pour l’instant. Transférez sans annonce, ou choisissez quelqu’un d’autre.</translation>
    </message>
    <message>
        <source>This file is not a table. Save it as CSV with a line of headings, and choose it again.</source>
        <translation>Ce fichier n’est pas un tableau. Enregistrez-le en CSV avec une ligne de titres, puis choisissez-le à nouveau.</translation>
    </message>
    <message>
        <source>The file has no column for: {columns}. Add it, or rename a heading.</source>
        <translation>Le fichier n’a pas de colonne pour&#xa0;: {columns}. Ajoutez-la, ou renommez un titre.</translation>
    </message>
    <message>
        <source>The line has {found} values and the heading has {wanted}.</source>
        <translation>La ligne a {found} valeurs et la ligne de titres en a {wanted}.</translation>
    </message>
    <message>
        <source>“{value}” is the sign of {count} customers: give an account number that exists.</source>
        <translation>«&#xa0;{value}&#xa0;» désigne {count} clients&#xa0;: indiquez un numéro de compte existant.</translation>
    </message>
</context>
<context>
    <name>ReminderCard</name>
    <message>
        <source>Open</source>
        <translation>Ouvrir</translation>
    </message>
    <message>
        <source>No answer</source>
        <translation>Sans réponse</translation>
    </message>
    <message>
        <source>10 min</source>
        <translation>10 min</translation>
    </message>
    <message>
        <source>1 h</source>
        <translation>1 h</translation>
    </message>
    <message>
        <source>tomorrow</source>
        <translation>demain</translation>
    </message>
    <message>
        <source>Another time</source>
        <translation>Un autre moment</translation>
    </message>
    <message>
        <source>Snooze</source>
        <translation>Reporter</translation>
    </message>
    <message>
        <source>Tomorrow at 9:00</source>
        <translation>Demain à 9 h</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Fait</translation>
    </message>
    <message>
        <source>Reminder</source>
        <translation>Rappel</translation>
    </message>
    <message>
        <source>customer’s hour</source>
        <translation>chez le client</translation>
    </message>
    <message>
        <source>Last note</source>
        <translation>Dernière note</translation>
    </message>
    <message>
        <source>Call {0} all the same</source>
        <translation>Appeler quand même {0}</translation>
    </message>
    <message>
        <source>Call {0}</source>
        <translation>Appeler {0}</translation>
    </message>
    <message>
        <source>Not now: calls are welcome between {0} and {1}, her time.</source>
        <translation>Pas maintenant&#xa0;: appels entre {0} et {1}, heure du client.</translation>
    </message>
    <message>
        <source>This customer does not want to be called.</source>
        <translation>Ce client ne souhaite pas être appelé.</translation>
    </message>
    <message numerus="yes">
        <source>%n attempt(s) so far.</source>
        <translation>
            <numerusform>%n essai déjà.</numerusform>
            <numerusform>%n essais déjà.</numerusform>
        </translation>
    </message>
    <message>
        <source>“No answer” plans {0}.</source>
        <translation>«&#xa0;Sans réponse&#xa0;» planifie {0}.</translation>
    </message>
    <message>
        <source>due in</source>
        <translation>dans</translation>
    </message>
</context>
<context>
    <name>RepliesPage</name>
    <message>
        <source>Reply</source>
        <translation>Réponse</translation>
    </message>
    <message>
        <source>Whose</source>
        <translation>Pour qui</translation>
    </message>
    <message>
        <source>There is no reply yet.</source>
        <translation>Il n’y a pas encore de réponse type.</translation>
    </message>
    <message>
        <source>What is written again and again stands here once.</source>
        <translation>Ce qui s’écrit sans cesse se trouve ici une fois pour toutes.</translation>
    </message>
    <message>
        <source>Replies</source>
        <translation>Réponses types</translation>
    </message>
    <message>
        <source>New reply</source>
        <translation>Nouvelle réponse</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Retirer</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nom</translation>
    </message>
    <message>
        <source>Typed in a mail</source>
        <translation>Abréviation dans un courriel</translation>
    </message>
    <message>
        <source>/ and these letters, then Tab</source>
        <translation>/ et ces lettres, puis Tab</translation>
    </message>
    <message>
        <source>In French</source>
        <translation>En français</translation>
    </message>
    <message>
        <source>In English</source>
        <translation>En anglais</translation>
    </message>
    <message>
        <source>Language of the example</source>
        <translation>Langue de l’exemple</translation>
    </message>
    <message>
        <source>What the customer reads</source>
        <translation>Ce que lit le client</translation>
    </message>
    <message>
        <source>An automation writes it in the customer’s language; in a mail of yours it stands as if typed.</source>
        <translation>Une automatisation l’écrit dans la langue du client&#x202f;; dans votre courriel, le texte se place comme si vous l’aviez tapé.</translation>
    </message>
</context>
<context>
    <name>ReplyCard</name>
    <message>
        <source>Reply that would have gone out</source>
        <translation>Réponse qui serait partie</translation>
    </message>
    <message>
        <source>Replies that would have gone out</source>
        <translation>Réponses qui seraient parties</translation>
    </message>
    <message>
        <source>To {0} · {1}</source>
        <translation>À {0} · {1}</translation>
    </message>
</context>
<context>
    <name>Report</name>
    <message>
        <source>Nothing was measured in this span.</source>
        <translation>Rien n’a été mesuré dans cette période.</translation>
    </message>
    <message>
        <source>First replies</source>
        <translation>Premières réponses</translation>
    </message>
    <message>
        <source>Replies</source>
        <translation>Réponses</translation>
    </message>
    <message>
        <source>Cases solved</source>
        <translation>Dossiers résolus</translation>
    </message>
    <message>
        <source>Answers of customers</source>
        <translation>Avis des clients</translation>
    </message>
    <message>
        <source>Service levels broken</source>
        <translation>Niveaux de service manqués</translation>
    </message>
    <message>
        <source>Promises late</source>
        <translation>Promesses en retard</translation>
    </message>
    <message>
        <source>Cases opened</source>
        <translation>Dossiers ouverts</translation>
    </message>
    <message>
        <source>Calls</source>
        <translation>Appels</translation>
    </message>
    <message>
        <source>Calls abandoned</source>
        <translation>Appels abandonnés</translation>
    </message>
    <message>
        <source>content</source>
        <translation>satisfait</translation>
    </message>
    <message>
        <source>so-so</source>
        <translation>moyen</translation>
    </message>
    <message>
        <source>not content</source>
        <translation>pas satisfait</translation>
    </message>
    <message>
        <source>first reply</source>
        <translation>première réponse</translation>
    </message>
    <message>
        <source>next reply</source>
        <translation>réponse suivante</translation>
    </message>
    <message>
        <source>resolution</source>
        <translation>résolution</translation>
    </message>
    <message>
        <source>answered</source>
        <translation>pris</translation>
    </message>
    <message>
        <source>answered within 20 s</source>
        <translation>pris en 20&#xa0;s</translation>
    </message>
    <message>
        <source>transferred</source>
        <translation>transférés</translation>
    </message>
    <message>
        <source>abandoned</source>
        <translation>abandonné</translation>
    </message>
    <message>
        <source>message</source>
        <translation>message</translation>
    </message>
    <message>
        <source>callback</source>
        <translation>rappel</translation>
    </message>
    <message>
        <source>no answer</source>
        <translation>sans réponse</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>échec</translation>
    </message>
    <message>
        <source>{n} min</source>
        <translation>{n} min</translation>
    </message>
    <message>
        <source>{n} h</source>
        <translation>{n} h</translation>
    </message>
    <message>
        <source>{n} %</source>
        <translation>{n}&#xa0;%</translation>
    </message>
    <message>
        <source>{n} pts</source>
        <translation>{n} pts</translation>
    </message>
    <message>
        <source>wk {n}</source>
        <translation>sem. {n}</translation>
    </message>
    <message>
        <source>{n} d</source>
        <translation>{n} j</translation>
    </message>
</context>
<context>
    <name>ReportsView</name>
    <message>
        <source>Span</source>
        <translation>Période</translation>
    </message>
    <message>
        <source>Counted in</source>
        <translation>Compté en</translation>
    </message>
    <message>
        <source>All teams</source>
        <translation>Toutes les équipes</translation>
    </message>
    <message>
        <source>Teams</source>
        <translation>Équipes</translation>
    </message>
    <message>
        <source>From day</source>
        <translation>À partir du</translation>
    </message>
    <message>
        <source>Until day (included)</source>
        <translation>Jusqu’au (inclus)</translation>
    </message>
    <message>
        <source>compare with the span before</source>
        <translation>comparer avec la période précédente</translation>
    </message>
    <message>
        <source>Service</source>
        <translation>Service</translation>
    </message>
    <message>
        <source>Calls</source>
        <translation>Appels</translation>
    </message>
    <message>
        <source>Cases</source>
        <translation>Dossiers</translation>
    </message>
    <message>
        <source>Parts of the reports</source>
        <translation>Parties des rapports</translation>
    </message>
    <message>
        <source>Keep these figures as a file</source>
        <translation>Garder ces chiffres dans un fichier</translation>
    </message>
    <message>
        <source>Send every Monday</source>
        <translation>Envoyer chaque lundi</translation>
    </message>
    <message>
        <source>Reading the figures…</source>
        <translation>Lecture des chiffres…</translation>
    </message>
    <message>
        <source>Every hour</source>
        <translation>Toutes les heures</translation>
    </message>
    <message>
        <source>No longer by mail</source>
        <translation>Ne plus envoyer</translation>
    </message>
    <message>
        <source>Reports</source>
        <translation>Rapports</translation>
    </message>
    <message>
        <source>Last 4 weeks</source>
        <translation>4 dernières semaines</translation>
    </message>
    <message>
        <source>Last week</source>
        <translation>La semaine dernière</translation>
    </message>
    <message>
        <source>This month</source>
        <translation>Ce mois-ci</translation>
    </message>
    <message>
        <source>Last month</source>
        <translation>Le mois dernier</translation>
    </message>
    <message>
        <source>Last 3 months</source>
        <translation>3 derniers mois</translation>
    </message>
    <message>
        <source>Last 12 months</source>
        <translation>12 derniers mois</translation>
    </message>
    <message>
        <source>Other days</source>
        <translation>D’autres jours</translation>
    </message>
</context>
<context>
    <name>RingedLines</name>
    <message>
        <source>Everybody of the team is rung, in the team’s order.</source>
        <translation>Toute l’équipe sonne, dans l’ordre de l’équipe.</translation>
    </message>
    <message>
        <source>Add an agent or a team…</source>
        <translation>Ajouter un agent ou une équipe…</translation>
    </message>
    <message>
        <source>Add an agent or a team</source>
        <translation>Ajouter un agent ou une équipe</translation>
    </message>
    <message>
        <source>Tier of {0}</source>
        <translation>Rang de {0}</translation>
    </message>
    <message>
        <source>Tier {0}</source>
        <translation>Rang {0}</translation>
    </message>
    <message>
        <source>Do not ring {0}</source>
        <translation>Ne plus sonner {0}</translation>
    </message>
</context>
<context>
    <name>Role</name>
    <message>
        <source>Agent</source>
        <translation>Agent</translation>
    </message>
    <message>
        <source>Lead</source>
        <translation>Responsable d’équipe</translation>
    </message>
    <message>
        <source>Supervisor</source>
        <translation>Superviseur</translation>
    </message>
    <message>
        <source>Administrator</source>
        <translation>Administrateur</translation>
    </message>
</context>
<context>
    <name>RulePage</name>
    <message>
        <source>Rule</source>
        <translation>Règle</translation>
    </message>
    <message>
        <source>For</source>
        <translation>Pour</translation>
    </message>
    <message>
        <source>This team has no rule.</source>
        <translation>Cette équipe n’a aucune règle.</translation>
    </message>
    <message>
        <source>Its callers go to the call tree, then to the ring schedule.</source>
        <translation>Ses appelants vont à l’arborescence, puis à l’horaire de sonnerie.</translation>
    </message>
    <message>
        <source>Routing rules</source>
        <translation>Règles d’acheminement</translation>
    </message>
    <message>
        <source>New rule</source>
        <translation>Nouvelle règle</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Retirer</translation>
    </message>
    <message>
        <source>Choose a team or an agent</source>
        <translation>Choisir une équipe ou un agent</translation>
    </message>
    <message>
        <source>The last-advisor rule comes first, then the newest rule that fits.</source>
        <translation>La priorité au dernier agent passe d’abord, puis la règle la plus récente qui convient.</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nom</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Valeur</translation>
    </message>
    <message>
        <source>The call goes to</source>
        <translation>L’appel va à</translation>
    </message>
    <message>
        <source>What of the caller</source>
        <translation>Donnée de l’appelant</translation>
    </message>
    <message>
        <source>How it is compared</source>
        <translation>Comparaison</translation>
    </message>
    <message>
        <source>is exactly</source>
        <translation>est exactement</translation>
    </message>
    <message>
        <source>begins with</source>
        <translation>commence par</translation>
    </message>
    <message>
        <source>team</source>
        <translation>équipe</translation>
    </message>
    <message>
        <source>rings first</source>
        <translation>sonne d’abord</translation>
    </message>
    <message>
        <source>A number as it is dialled here, or with its country: +33…</source>
        <translation>Un numéro comme on le compose ici, ou avec son pays&#xa0;: +33…</translation>
    </message>
    <message>
        <source>The beginning with its country: +3380 for the numbers of Burgundy.</source>
        <translation>Le début avec son pays&#xa0;: +3380 pour les numéros de Bourgogne.</translation>
    </message>
    <message>
        <source>Telephone number</source>
        <translation>Numéro de téléphone</translation>
    </message>
    <message>
        <source>Segment</source>
        <translation>Segment</translation>
    </message>
    <message>
        <source>Organisation</source>
        <translation>Organisation</translation>
    </message>
    <message>
        <source>Account number</source>
        <translation>Numéro de compte</translation>
    </message>
</context>
<context>
    <name>SatisfactionPage</name>
    <message>
        <source>Question</source>
        <translation>Question</translation>
    </message>
    <message>
        <source>Satisfaction</source>
        <translation>Satisfaction</translation>
    </message>
    <message>
        <source>Ask customers by mail after solving</source>
        <translation>Interroger les clients par courriel après la résolution</translation>
    </message>
    <message>
        <source>Where customers reach the hub’s page. It listens on this computer only until web.toml says more.</source>
        <translation>L’adresse où les clients trouvent la page du serveur Guichet. Tant que web.toml n’indique rien d’autre, il n’écoute que sur cet ordinateur.</translation>
    </message>
    <message>
        <source>Address of the page</source>
        <translation>Adresse de la page</translation>
    </message>
    <message>
        <source>Minutes after solving</source>
        <translation>Minutes après la résolution</translation>
    </message>
    <message>
        <source>Days between two questions</source>
        <translation>Jours entre deux questions</translation>
    </message>
    <message>
        <source>Days that the link holds</source>
        <translation>Jours de validité du lien</translation>
    </message>
    <message>
        <source>What the mail says</source>
        <translation>Ce que dit le courriel</translation>
    </message>
    <message>
        <source>Empty: the shipped words. {number}, {subject}, {name} and {links} are filled in.</source>
        <translation>Vide&#xa0;: le texte fourni. {number}, {subject}, {name} et {links} sont remplacés.</translation>
    </message>
    <message>
        <source>In English</source>
        <translation>En anglais</translation>
    </message>
    <message>
        <source>In French</source>
        <translation>En français</translation>
    </message>
    <message>
        <source>Question after solving</source>
        <translation>Question après la résolution</translation>
    </message>
    <message>
        <source>on</source>
        <translation>activé</translation>
    </message>
    <message>
        <source>off</source>
        <translation>désactivé</translation>
    </message>
    <message>
        <source>After solving</source>
        <translation>Après la résolution</translation>
    </message>
</context>
<context>
    <name>SaveBar</name>
    <message>
        <source>Discard</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Enregistrer</translation>
    </message>
    <message numerus="yes">
        <source>%n change(s) not saved</source>
        <translation>
            <numerusform>%n modification non enregistrée</numerusform>
            <numerusform>%n modifications non enregistrées</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SchedulePage</name>
    <message>
        <source>Schedule</source>
        <translation>Horaire</translation>
    </message>
    <message>
        <source>When</source>
        <translation>Quand</translation>
    </message>
    <message>
        <source>This team has no schedule.</source>
        <translation>Cette équipe n’a aucun horaire.</translation>
    </message>
    <message>
        <source>Without one it rings at any hour. The newest schedule that applies wins.</source>
        <translation>Sans horaire, elle sonne à toute heure. L’horaire le plus récent qui s’applique l’emporte.</translation>
    </message>
    <message>
        <source>Ring schedules</source>
        <translation>Horaires de sonnerie</translation>
    </message>
    <message>
        <source>New schedule</source>
        <translation>Nouvel horaire</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Retirer</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nom</translation>
    </message>
    <message>
        <source>Until day (included)</source>
        <translation>Jusqu’au (inclus)</translation>
    </message>
    <message>
        <source>Every week</source>
        <translation>Chaque semaine</translation>
    </message>
    <message>
        <source>Exception: other hours on some days</source>
        <translation>Exception&#xa0;: autres heures certains jours</translation>
    </message>
    <message>
        <source>Closed on some days</source>
        <translation>Fermé certains jours</translation>
    </message>
    <message>
        <source>The team’s own, if it has one</source>
        <translation>Celle de l’équipe, si elle en a une</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>Actif</translation>
    </message>
    <message>
        <source>{0}, closed</source>
        <translation>{0}, fermé</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Type</translation>
    </message>
    <message>
        <source>From day</source>
        <translation>À partir du</translation>
    </message>
    <message>
        <source>Time zone</source>
        <translation>Fuseau horaire</translation>
    </message>
    <message>
        <source>From</source>
        <translation>De</translation>
    </message>
    <message>
        <source>Until</source>
        <translation>À</translation>
    </message>
    <message>
        <source>Of several schedules that apply, the newest one wins. 25 a team at most.</source>
        <translation>Si plusieurs horaires s’appliquent, le plus récent l’emporte. 25 par équipe au plus.</translation>
    </message>
    <message>
        <source>Who is rung</source>
        <translation>Qui sonne</translation>
    </message>
    <message>
        <source>Call tree</source>
        <translation>Arborescence d’appels</translation>
    </message>
</context>
<context>
    <name>SeeAlso</name>
    <message>
        <source>Getting started</source>
        <translation>Premiers pas</translation>
    </message>
    <message>
        <source>Types and states of cases</source>
        <translation>Types et états des dossiers</translation>
    </message>
    <message>
        <source>What happens by itself</source>
        <translation>Ce qui se fait tout seul</translation>
    </message>
    <message>
        <source>Canned replies</source>
        <translation>Réponses types</translation>
    </message>
    <message>
        <source>Service levels</source>
        <translation>Niveaux de service</translation>
    </message>
    <message>
        <source>Fields of customers and cases</source>
        <translation>Champs des clients et des dossiers</translation>
    </message>
    <message>
        <source>Import of customers</source>
        <translation>Import de clients</translation>
    </message>
    <message>
        <source>The other CRM</source>
        <translation>L’autre CRM</translation>
    </message>
    <message>
        <source>Who is rung, and when</source>
        <translation>Qui sonne, et quand</translation>
    </message>
    <message>
        <source>What callers hear</source>
        <translation>Ce qu’entendent les appelants</translation>
    </message>
    <message>
        <source>Reasons and results</source>
        <translation>Motifs et résultats</translation>
    </message>
    <message>
        <source>Satisfaction of customers</source>
        <translation>Satisfaction des clients</translation>
    </message>
    <message>
        <source>Opening hours</source>
        <translation>Heures d’ouverture</translation>
    </message>
    <message>
        <source>Forms on web pages</source>
        <translation>Formulaires sur des pages web</translation>
    </message>
    <message>
        <source>Mailboxes and addresses</source>
        <translation>Boîtes aux lettres et adresses</translation>
    </message>
    <message>
        <source>Other programs</source>
        <translation>Autres programmes</translation>
    </message>
    <message>
        <source>See also</source>
        <translation>Voir également</translation>
    </message>
    <message>
        <source>Ask {name}: {email} {phone}</source>
        <translation>Demandez à {name}&#xa0;: {email} {phone}</translation>
    </message>
</context>
<context>
    <name>ServicePage</name>
    <message>
        <source>Response time, median</source>
        <translation>Délai de réponse, médiane</translation>
    </message>
    <message>
        <source>Resolution time, median</source>
        <translation>Délai de résolution, médiane</translation>
    </message>
    <message>
        <source>Satisfaction</source>
        <translation>Satisfaction</translation>
    </message>
    <message>
        <source>Cases solved</source>
        <translation>Dossiers résolus</translation>
    </message>
    <message>
        <source>Service levels kept</source>
        <translation>Niveaux de service tenus</translation>
    </message>
    <message>
        <source>Promises kept</source>
        <translation>Promesses tenues</translation>
    </message>
    <message>
        <source>Response time by day</source>
        <translation>Délai de réponse par jour</translation>
    </message>
    <message>
        <source>Resolution time, cases</source>
        <translation>Délai de résolution, dossiers</translation>
    </message>
    <message>
        <source>dashed: the span before</source>
        <translation>tirets&#xa0;: période précédente</translation>
    </message>
    <message>
        <source>Satisfaction by week</source>
        <translation>Satisfaction par semaine</translation>
    </message>
    <message>
        <source>Agent</source>
        <translation>Agent</translation>
    </message>
    <message>
        <source>Solved</source>
        <translation>Résolus</translation>
    </message>
    <message>
        <source>Replies</source>
        <translation>Réponses</translation>
    </message>
    <message>
        <source>Response</source>
        <translation>Réponse</translation>
    </message>
    <message>
        <source>Satisf.</source>
        <translation>Satisf.</translation>
    </message>
    <message>
        <source>Occup.</source>
        <translation>Occup.</translation>
    </message>
    <message>
        <source>Nobody solved a case in this span.</source>
        <translation>Personne n’a résolu de dossier dans cette période.</translation>
    </message>
    <message>
        <source>Productivity by agent</source>
        <translation>Productivité par agent</translation>
    </message>
    <message>
        <source>content · so-so · not content</source>
        <translation>satisfait · moyen · pas satisfait</translation>
    </message>
    <message>
        <source>h of business time</source>
        <translation>h ouvrées</translation>
    </message>
    <message>
        <source>hours</source>
        <translation>heures</translation>
    </message>
    <message numerus="yes">
        <source>{n} per agent · {replies} reply(s)</source>
        <translation>
            <numerusform>{n} par agent · {replies} réponse</numerusform>
            <numerusform>{n} par agent · {replies} réponses</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} answer(s) of {asked}</source>
        <translation>
            <numerusform>{n} réponse sur {asked}</numerusform>
            <numerusform>{n} réponses sur {asked}</numerusform>
        </translation>
    </message>
    <message>
        <source>{n} late</source>
        <translation>{n} en retard</translation>
    </message>
</context>
<context>
    <name>SignInCard</name>
    <message>
        <source>Later</source>
        <translation>Plus tard</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Voir</translation>
    </message>
</context>
<context>
    <name>SignInView</name>
    <message>
        <source>Show the password</source>
        <translation>Montrer le mot de passe</translation>
    </message>
    <message>
        <source>Keep me signed in on this computer</source>
        <translation>Garder ma session sur ce poste</translation>
    </message>
    <message>
        <source>Try now</source>
        <translation>Réessayer</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>Se connecter</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>Serveur</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nom</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Mot de passe</translation>
    </message>
    <message>
        <source>The password stays in the system’s keyring, never in a file.</source>
        <translation>Le mot de passe reste dans le trousseau du système, jamais dans un fichier.</translation>
    </message>
    <message>
        <source>This computer has no keyring: the password is asked at each sign-in.</source>
        <translation>Ce poste n’a pas de trousseau&#xa0;: le mot de passe est demandé à chaque connexion.</translation>
    </message>
    <message>
        <source>Signing in…</source>
        <translation>Connexion…</translation>
    </message>
    <message>
        <source>Light or dark</source>
        <translation>Clair ou sombre</translation>
    </message>
</context>
<context>
    <name>SmsPage</name>
    <message>
        <source>Number</source>
        <translation>Numéro</translation>
    </message>
    <message>
        <source>There is no number.</source>
        <translation>Il n’y a aucun numéro.</translation>
    </message>
    <message>
        <source>SMS come and go by a team’s number.</source>
        <translation>Les SMS arrivent et partent par le numéro d’une équipe.</translation>
    </message>
    <message>
        <source>SMS</source>
        <translation>SMS</translation>
    </message>
    <message>
        <source>Acknowledge a new case</source>
        <translation>Accuser réception d’un nouveau dossier</translation>
    </message>
    <message>
        <source>Where the provider reaches this hub from outside; it signs its calls with this address.</source>
        <translation>L’adresse à laquelle l’opérateur atteint le serveur Guichet de l’extérieur&#x202f;; il signe ses appels avec elle.</translation>
    </message>
    <message>
        <source>Signs the provider’s calls. It is never shown again; empty keeps the one there is.</source>
        <translation>Signe les appels de l’opérateur. Il n’est plus jamais affiché&#x202f;; laissé vide, l’actuel est conservé.</translation>
    </message>
    <message>
        <source>Web address of the provider</source>
        <translation>Adresse web de l’opérateur</translation>
    </message>
    <message>
        <source>Account</source>
        <translation>Compte</translation>
    </message>
    <message>
        <source>Secret</source>
        <translation>Secret</translation>
    </message>
    <message>
        <source>Address of this hub</source>
        <translation>Adresse du serveur Guichet</translation>
    </message>
    <message>
        <source>A trunk carries SMS as SIP MESSAGE, where its operator takes them.</source>
        <translation>Une ligne transporte les SMS en SIP MESSAGE, si son opérateur les accepte.</translation>
    </message>
    <message>
        <source>Goes by</source>
        <translation>Canal</translation>
    </message>
    <message>
        <source>{number} becomes the number of the case. A message tree answers instead where there is one.</source>
        <translation>{number} devient le numéro du dossier. S’il y a une arborescence de messages, elle répond à la place.</translation>
    </message>
    <message>
        <source>In French</source>
        <translation>En français</translation>
    </message>
    <message>
        <source>In English</source>
        <translation>En anglais</translation>
    </message>
    <message>
        <source>Provider on the web</source>
        <translation>Opérateur sur le web</translation>
    </message>
    <message>
        <source>Give this address to the provider for incoming messages: {0}</source>
        <translation>Donnez cette adresse à l’opérateur pour les messages entrants&#xa0;: {0}</translation>
    </message>
    <message>
        <source>sends</source>
        <translation>envoie</translation>
    </message>
    <message>
        <source>no SMS</source>
        <translation>pas de SMS</translation>
    </message>
</context>
<context>
    <name>SnoozeDialog</name>
    <message>
        <source>Ring again at</source>
        <translation>Sonner de nouveau le</translation>
    </message>
    <message>
        <source>Day and hour</source>
        <translation>Jour et heure</translation>
    </message>
    <message>
        <source>Snooze</source>
        <translation>Reporter</translation>
    </message>
</context>
<context>
    <name>SpellCheck</name>
    <message>
        <source>No suggestion</source>
        <translation>Aucune suggestion</translation>
    </message>
    <message>
        <source>Add to my words</source>
        <translation>Ajouter à mes mots</translation>
    </message>
</context>
<context>
    <name>SplitDialog</name>
    <message>
        <source>Split off a part of case {0}</source>
        <translation>Détacher une partie du dossier {0}</translation>
    </message>
    <message>
        <source>Subject of the new case</source>
        <translation>Objet du nouveau dossier</translation>
    </message>
    <message>
        <source>What goes into it</source>
        <translation>Ce qui en fait partie</translation>
    </message>
    <message>
        <source>Split off</source>
        <translation>Détacher</translation>
    </message>
    <message>
        <source>Mails and files go along.</source>
        <translation>Courriels et fichiers suivent.</translation>
    </message>
</context>
<context>
    <name>StartPage</name>
    <message>
        <source>Ways in</source>
        <translation>Points d’entrée</translation>
    </message>
    <message>
        <source>One a line: title | https://…</source>
        <translation>Un par ligne&#xa0;: titre | https://…</translation>
    </message>
    <message>
        <source>Who helps</source>
        <translation>Qui aide</translation>
    </message>
    <message>
        <source>E-mail</source>
        <translation>Courriel</translation>
    </message>
    <message>
        <source>Telephone</source>
        <translation>Téléphone</translation>
    </message>
    <message>
        <source>Films</source>
        <translation>Vidéos</translation>
    </message>
    <message>
        <source>Our own instructions</source>
        <translation>Nos propres consignes</translation>
    </message>
    <message>
        <source>What colleagues should know</source>
        <translation>Ce que les collègues doivent savoir</translation>
    </message>
    <message>
        <source>Whom to ask</source>
        <translation>À qui demander</translation>
    </message>
    <message>
        <source>Everybody finds this under F1.</source>
        <translation>Tout le monde le retrouve avec F1.</translation>
    </message>
    <message>
        <source>Getting started</source>
        <translation>Premiers pas</translation>
    </message>
    <message>
        <source>Ten minutes: {done} of {all} steps are done</source>
        <translation>Dix minutes&#xa0;: {done} étapes sur {all} sont faites</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Montrer</translation>
    </message>
    <message>
        <source>Nothing leads in yet.</source>
        <translation>Aucun point d’entrée pour l’instant.</translation>
    </message>
    <message>
        <source>E-mails</source>
        <translation>Courriels</translation>
    </message>
    <message>
        <source>Calls</source>
        <translation>Appels</translation>
    </message>
    <message>
        <source>Form</source>
        <translation>Formulaire</translation>
    </message>
    <message>
        <source>Portal</source>
        <translation>Portail</translation>
    </message>
    <message>
        <source>API</source>
        <translation>API</translation>
    </message>
    <message>
        <source>Chat</source>
        <translation>Discussion</translation>
    </message>
    <message>
        <source>SMS</source>
        <translation>SMS</translation>
    </message>
    <message>
        <source>no address yet: Portal</source>
        <translation>pas encore d’adresse&#xa0;: Portail</translation>
    </message>
    <message>
        <source>For a page</source>
        <translation>Pour une page</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Copier</translation>
    </message>
    <message>
        <source>Being tested…</source>
        <translation>Test en cours…</translation>
    </message>
    <message>
        <source>The hub did not get in when it last looked.</source>
        <translation>Le hub n’a pas pu entrer la dernière fois.</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>Tester</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Copié</translation>
    </message>
    <message>
        <source>A colleague has a sign-in</source>
        <translation>Un collègue peut se connecter</translation>
    </message>
    <message>
        <source>A sub-team speaks through a numbered team</source>
        <translation>Une sous-équipe communique par une équipe qui a un numéro</translation>
    </message>
    <message>
        <source>A mailbox is connected</source>
        <translation>Une boîte aux lettres est connectée</translation>
    </message>
    <message>
        <source>A mail has become a case</source>
        <translation>Un courriel est devenu un dossier</translation>
    </message>
    <message>
        <source>Customers get an acknowledgement</source>
        <translation>Les clients reçoivent un accusé de réception</translation>
    </message>
    <message>
        <source>A call was made or taken</source>
        <translation>Un appel a été passé ou pris</translation>
    </message>
    <message>
        <source>A form stands on a page</source>
        <translation>Un formulaire est sur une page</translation>
    </message>
    <message>
        <source>A case was solved</source>
        <translation>Un dossier a été résolu</translation>
    </message>
    <message>
        <source>Colleagues know whom to ask</source>
        <translation>Les collègues savent à qui demander</translation>
    </message>
</context>
<context>
    <name>State</name>
    <message>
        <source>New</source>
        <translation>Nouveau</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Ouvert</translation>
    </message>
    <message>
        <source>Waiting on customer</source>
        <translation>En attente du client</translation>
    </message>
    <message>
        <source>Waiting on agent</source>
        <translation>En attente de l’agent</translation>
    </message>
    <message>
        <source>Solved</source>
        <translation>Résolu</translation>
    </message>
    <message>
        <source>Closed</source>
        <translation>Fermé</translation>
    </message>
    <message>
        <source>Under review</source>
        <translation>À l’étude</translation>
    </message>
    <message>
        <source>Accepted</source>
        <translation>Acceptée</translation>
    </message>
    <message>
        <source>Rejected</source>
        <translation>Refusée</translation>
    </message>
    <message>
        <source>Completed</source>
        <translation>Terminée</translation>
    </message>
    <message>
        <source>To do</source>
        <translation>À faire</translation>
    </message>
    <message>
        <source>Under way</source>
        <translation>En cours</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Fait</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>Annulé</translation>
    </message>
    <message>
        <source>Proposed</source>
        <translation>Proposée</translation>
    </message>
    <message>
        <source>Planned</source>
        <translation>Prévue</translation>
    </message>
</context>
<context>
    <name>StateButton</name>
    <message>
        <source>My state: {0}</source>
        <translation>Mon état&#xa0;: {0}</translation>
    </message>
</context>
<context>
    <name>StatePopup</name>
    <message>
        <source>State or reason</source>
        <translation>État ou motif</translation>
    </message>
    <message>
        <source>My state</source>
        <translation>Mon état</translation>
    </message>
</context>
<context>
    <name>StatesCard</name>
    <message>
        <source>State</source>
        <translation>État</translation>
    </message>
    <message>
        <source>New ones begin in</source>
        <translation>Les nouveaux commencent par</translation>
    </message>
    <message>
        <source>States</source>
        <translation>États</translation>
    </message>
</context>
<context>
    <name>StepFields</name>
    <message>
        <source>Choose</source>
        <translation>Choisir</translation>
    </message>
    <message>
        <source>Asks for the case number</source>
        <translation>Demande le numéro de dossier</translation>
    </message>
    <message>
        <source>Which one</source>
        <translation>Lequel</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>Numéro</translation>
    </message>
    <message>
        <source>Leads to</source>
        <translation>Mène à</translation>
    </message>
    <message>
        <source>What is said</source>
        <translation>Ce qui est dit</translation>
    </message>
    <message>
        <source>Spoken by the switch’s voice.</source>
        <translation>Dit par la voix du commutateur.</translation>
    </message>
    <message>
        <source>Said again</source>
        <translation>Répétitions</translation>
    </message>
    <message>
        <source>Waits (s)</source>
        <translation>Attend (s)</translation>
    </message>
    <message>
        <source>Menu</source>
        <translation>Menu</translation>
    </message>
    <message>
        <source>The first menu</source>
        <translation>Le premier menu</translation>
    </message>
    <message>
        <source>Nothing is pressed</source>
        <translation>Rien n’est pressé</translation>
    </message>
    <message>
        <source>Key {0}</source>
        <translation>Touche {0}</translation>
    </message>
</context>
<context>
    <name>TagLine</name>
    <message>
        <source>separated by commas</source>
        <translation>séparées par des virgules</translation>
    </message>
</context>
<context>
    <name>Talk</name>
    <message>
        <source>Ask</source>
        <translation>Demander</translation>
    </message>
    <message>
        <source>Answer back</source>
        <translation>Répondre</translation>
    </message>
    <message>
        <source>Your question…</source>
        <translation>Votre question…</translation>
    </message>
    <message>
        <source>Your answer…</source>
        <translation>Votre réponse…</translation>
    </message>
</context>
<context>
    <name>TargetDelegate</name>
    <message numerus="yes">
        <source>%n busy</source>
        <translation>
            <numerusform>%n occupé</numerusform>
            <numerusform>%n occupés</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n free</source>
        <translation>
            <numerusform>%n libre</numerusform>
            <numerusform>%n libres</numerusform>
        </translation>
    </message>
    <message>
        <source>Closed</source>
        <translation>Fermée</translation>
    </message>
    <message>
        <source>Closed · opens {0}</source>
        <translation>Fermée · ouvre {0}</translation>
    </message>
</context>
<context>
    <name>Task</name>
    <message>
        <source>Call</source>
        <translation>Appeler</translation>
    </message>
    <message>
        <source>E-mail</source>
        <translation>Courriel</translation>
    </message>
    <message>
        <source>Meeting</source>
        <translation>Rendez-vous</translation>
    </message>
    <message>
        <source>Chat</source>
        <translation>Discussion</translation>
    </message>
    <message>
        <source>Other</source>
        <translation>Autre</translation>
    </message>
    <message>
        <source>Once</source>
        <translation>Une fois</translation>
    </message>
    <message>
        <source>Every day</source>
        <translation>Chaque jour</translation>
    </message>
    <message>
        <source>Every week</source>
        <translation>Chaque semaine</translation>
    </message>
    <message>
        <source>Every month</source>
        <translation>Chaque mois</translation>
    </message>
    <message>
        <source>{0} min late</source>
        <translation>{0} min de retard</translation>
    </message>
    <message>
        <source>{0} h late</source>
        <translation>{0} h de retard</translation>
    </message>
    <message>
        <source>{0} d late</source>
        <translation>{0} j de retard</translation>
    </message>
</context>
<context>
    <name>TaskDialog</name>
    <message>
        <source>Title</source>
        <translation>Titre</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Note</translation>
    </message>
    <message>
        <source>When</source>
        <translation>Quand</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Enregistrer</translation>
    </message>
    <message>
        <source>Cancel the task</source>
        <translation>Annuler la tâche</translation>
    </message>
    <message>
        <source>Clone</source>
        <translation>Dupliquer</translation>
    </message>
    <message>
        <source>Enter saves</source>
        <translation>Entrée pour enregistrer</translation>
    </message>
    <message>
        <source>* asked</source>
        <translation>* obligatoire</translation>
    </message>
    <message>
        <source>The customer may be called between {0} and {1}, her time.</source>
        <translation>Le client peut être appelé entre {0} et {1}, à son heure.</translation>
    </message>
    <message>
        <source>This customer does not want to be called.</source>
        <translation>Ce client ne souhaite pas être appelé.</translation>
    </message>
    <message>
        <source>Edit task</source>
        <translation>Modifier la tâche</translation>
    </message>
    <message>
        <source>Schedule a reminder call</source>
        <translation>Planifier un rappel téléphonique</translation>
    </message>
    <message>
        <source>New task</source>
        <translation>Nouvelle tâche</translation>
    </message>
    <message>
        <source>No reminder</source>
        <translation>Sans rappel</translation>
    </message>
    <message>
        <source>The whole team</source>
        <translation>Toute l’équipe</translation>
    </message>
    <message>
        <source>Name, organisation, number, account…</source>
        <translation>Nom, organisation, numéro, compte…</translation>
    </message>
    <message>
        <source>Whose hours</source>
        <translation>Fuseau horaire</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Nature</translation>
    </message>
    <message>
        <source>Reminder</source>
        <translation>Rappel</translation>
    </message>
    <message>
        <source>Customer</source>
        <translation>Client</translation>
    </message>
    <message>
        <source>Team</source>
        <translation>Équipe</translation>
    </message>
    <message>
        <source>For</source>
        <translation>Pour</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>Type</translation>
    </message>
    <message>
        <source>State</source>
        <translation>État</translation>
    </message>
    <message>
        <source>Priority</source>
        <translation>Priorité</translation>
    </message>
    <message>
        <source>Repeats</source>
        <translation>Répétition</translation>
    </message>
    <message>
        <source>In 1 h</source>
        <translation>Dans 1 h</translation>
    </message>
    <message>
        <source>In 3 h</source>
        <translation>Dans 3 h</translation>
    </message>
    <message>
        <source>Tomorrow 9:00</source>
        <translation>Demain 9 h</translation>
    </message>
    <message>
        <source>In a week</source>
        <translation>Dans une semaine</translation>
    </message>
    <message>
        <source>No type</source>
        <translation>Aucun type</translation>
    </message>
    <message>
        <source>Mine</source>
        <translation>Le mien</translation>
    </message>
    <message>
        <source>The customer’s</source>
        <translation>Celui du client</translation>
    </message>
    <message>
        <source>Me</source>
        <translation>Moi</translation>
    </message>
    <message>
        <source>At the time</source>
        <translation>À l’heure dite</translation>
    </message>
    <message>
        <source>A day before</source>
        <translation>La veille</translation>
    </message>
    <message numerus="yes">
        <source>%n min before</source>
        <translation>
            <numerusform>%n min avant</numerusform>
            <numerusform>%n min avant</numerusform>
        </translation>
    </message>
    <message>
        <source>1 h before</source>
        <translation>1 h avant</translation>
    </message>
</context>
<context>
    <name>TaskList</name>
    <message>
        <source>Overdue</source>
        <translation>En retard</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>Aujourd’hui</translation>
    </message>
    <message>
        <source>This week</source>
        <translation>Cette semaine</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>Plus tard</translation>
    </message>
    <message>
        <source>No date</source>
        <translation>Sans date</translation>
    </message>
    <message>
        <source>nobody yet</source>
        <translation>personne encore</translation>
    </message>
</context>
<context>
    <name>TaskListView</name>
    <message>
        <source>Task</source>
        <translation>Tâche</translation>
    </message>
    <message>
        <source>New task</source>
        <translation>Nouvelle tâche</translation>
    </message>
    <message>
        <source>Mine</source>
        <translation>Les miennes</translation>
    </message>
    <message>
        <source>My teams</source>
        <translation>Mes équipes</translation>
    </message>
    <message>
        <source>Tasks</source>
        <translation>Tâches</translation>
    </message>
    <message>
        <source>Nothing is planned</source>
        <translation>Rien n’est planifié</translation>
    </message>
    <message>
        <source>A task plans what is next.</source>
        <translation>Une tâche planifie la suite.</translation>
    </message>
    <message>
        <source>done</source>
        <translation>fait</translation>
    </message>
    <message>
        <source>open</source>
        <translation>ouvrir</translation>
    </message>
</context>
<context>
    <name>TasksView</name>
    <message>
        <source>Previous week</source>
        <translation>Semaine précédente</translation>
    </message>
    <message>
        <source>Next week</source>
        <translation>Semaine suivante</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>Aujourd’hui</translation>
    </message>
    <message>
        <source>Take it</source>
        <translation>Prendre</translation>
    </message>
    <message>
        <source>Call now</source>
        <translation>Appeler</translation>
    </message>
    <message>
        <source>promised for {0}</source>
        <translation>promis pour {0}</translation>
    </message>
    <message>
        <source>&lt;b&gt;Overdue call:&lt;/b&gt; {0}</source>
        <translation>&lt;b&gt;Appel en retard :&lt;/b&gt; {0}</translation>
    </message>
</context>
<context>
    <name>TeamFilter</name>
    <message>
        <source>Teams shown</source>
        <translation>Équipes affichées</translation>
    </message>
    <message>
        <source>All teams</source>
        <translation>Toutes les équipes</translation>
    </message>
</context>
<context>
    <name>TeamList</name>
    <message>
        <source>Create team</source>
        <translation>Créer une équipe</translation>
    </message>
    <message>
        <source>Filter teams</source>
        <translation>Filtrer les équipes</translation>
    </message>
    <message>
        <source>Teams</source>
        <translation>Équipes</translation>
    </message>
    <message>
        <source>With a phone number</source>
        <translation>Avec un numéro</translation>
    </message>
    <message>
        <source>Sub-teams · no number</source>
        <translation>Sous-équipes · sans numéro</translation>
    </message>
    <message>
        <source>No team is called that.</source>
        <translation>Aucune équipe ne s’appelle ainsi.</translation>
    </message>
    <message>
        <source>speaks as {0}</source>
        <translation>appelle avec {0}</translation>
    </message>
</context>
<context>
    <name>TeamMembers</name>
    <message>
        <source>Members</source>
        <translation>Membres</translation>
    </message>
    <message>
        <source>Member</source>
        <translation>Membre</translation>
    </message>
    <message>
        <source>Lead</source>
        <translation>Responsable d’équipe</translation>
    </message>
    <message>
        <source>{0} is a member</source>
        <translation>{0} est membre</translation>
    </message>
    <message>
        <source>{0} leads</source>
        <translation>{0} est responsable</translation>
    </message>
</context>
<context>
    <name>TeamPage</name>
    <message>
        <source>Information</source>
        <translation>Informations</translation>
    </message>
    <message>
        <source>Members</source>
        <translation>Membres</translation>
    </message>
    <message>
        <source>Parts of the team</source>
        <translation>Parties de l’équipe</translation>
    </message>
    <message>
        <source>Sub-team</source>
        <translation>Sous-équipe</translation>
    </message>
    <message>
        <source>Team</source>
        <translation>Équipe</translation>
    </message>
    <message numerus="yes">
        <source>%n member(s)</source>
        <translation>
            <numerusform>%n membre</numerusform>
            <numerusform>%n membres</numerusform>
        </translation>
    </message>
    <message>
        <source>no number of its own</source>
        <translation>sans numéro propre</translation>
    </message>
    <message>
        <source>Nobody yet</source>
        <translation>Personne pour l’instant</translation>
    </message>
    <message>
        <source>Only teams with a number are offered.</source>
        <translation>Seules les équipes avec un numéro sont proposées.</translation>
    </message>
    <message>
        <source>Choose a team</source>
        <translation>Choisir une équipe</translation>
    </message>
    <message>
        <source>Ring the customer’s last advisor first</source>
        <translation>Priorité au dernier agent du client</translation>
    </message>
    <message>
        <source>Team name</source>
        <translation>Nom de l’équipe</translation>
    </message>
    <message>
        <source>Name shown to customers</source>
        <translation>Nom affiché aux clients</translation>
    </message>
    <message>
        <source>Calls and messages of this sub-team’s cases leave with its number; it can be changed on each case.</source>
        <translation>Appels et messages des dossiers de cette sous-équipe partent avec son numéro&#x202f;; modifiable sur chaque dossier.</translation>
    </message>
    <message>
        <source>Default communication team</source>
        <translation>Équipe de communication par défaut</translation>
    </message>
    <message>
        <source>Lead</source>
        <translation>Responsable d’équipe</translation>
    </message>
    <message>
        <source>Time zone</source>
        <translation>Fuseau horaire</translation>
    </message>
    <message>
        <source>Calls</source>
        <translation>Appels</translation>
    </message>
    <message>
        <source>It works when it is on for the sub-team and for its communication team.</source>
        <translation>S’applique si elle est activée pour la sous-équipe et pour son équipe de communication.</translation>
    </message>
    <message>
        <source>What a sub-team cannot do, and why</source>
        <translation>Ce qu’une sous-équipe ne peut pas faire, et pourquoi</translation>
    </message>
    <message>
        <source>Receive direct calls or messages.</source>
        <translation>Recevoir appels ou messages directs.</translation>
    </message>
    <message>
        <source>They arrive through a team with a number.</source>
        <translation>Ils arrivent par une équipe qui a un numéro.</translation>
    </message>
    <message>
        <source>Send broadcasts.</source>
        <translation>Envoyer des diffusions.</translation>
    </message>
    <message>
        <source>A broadcast needs a number; ask the communication team.</source>
        <translation>Une diffusion demande un numéro&#x202f;; voyez l’équipe de communication.</translation>
    </message>
    <message>
        <source>Have its own EmailHub.</source>
        <translation>Avoir son propre EmailHub.</translation>
    </message>
    <message>
        <source>Mail leaves from the case’s communication team.</source>
        <translation>Le courriel part de l’équipe de communication du dossier.</translation>
    </message>
    <message>
        <source>Numbers</source>
        <translation>Numéros</translation>
    </message>
</context>
<context>
    <name>TeamVoicePage</name>
    <message>
        <source>Team</source>
        <translation>Équipe</translation>
    </message>
    <message>
        <source>Rings</source>
        <translation>Sonnerie</translation>
    </message>
    <message>
        <source>Calls of teams</source>
        <translation>Appels des équipes</translation>
    </message>
    <message>
        <source>There is no team yet.</source>
        <translation>Il n’y a pas encore d’équipe.</translation>
    </message>
    <message>
        <source>Offer waiting callers to be called back without losing their place</source>
        <translation>Proposer aux appelants un rappel sans perdre leur place</translation>
    </message>
    <message>
        <source>A result is required before the next call</source>
        <translation>Un résultat est exigé avant l’appel suivant</translation>
    </message>
    <message>
        <source>None: available at once</source>
        <translation>Aucun&#xa0;: disponible aussitôt</translation>
    </message>
    <message>
        <source>Optional, ends by itself</source>
        <translation>Facultatif, finit tout seul</translation>
    </message>
    <message>
        <source>Timed</source>
        <translation>À durée fixe</translation>
    </message>
    <message>
        <source>Mandatory, until it is filed</source>
        <translation>Obligatoire, jusqu’au classement</translation>
    </message>
    <message>
        <source>Never</source>
        <translation>Jamais</translation>
    </message>
    <message>
        <source>When the agent asks for it</source>
        <translation>À la demande de l’agent</translation>
    </message>
    <message>
        <source>Every call</source>
        <translation>Tous les appels</translation>
    </message>
    <message>
        <source>Message, then voicemail</source>
        <translation>Message, puis messagerie</translation>
    </message>
    <message>
        <source>Message, then the end</source>
        <translation>Message, puis fin</translation>
    </message>
    <message>
        <source>No call tree</source>
        <translation>Aucune arborescence</translation>
    </message>
    <message>
        <source>All at once</source>
        <translation>Tous à la fois</translation>
    </message>
    <message>
        <source>By turns</source>
        <translation>À tour de rôle</translation>
    </message>
    <message>
        <source>Longest idle first</source>
        <translation>Le plus longtemps libre</translation>
    </message>
    <message>
        <source>By tiers</source>
        <translation>Par rangs</translation>
    </message>
    <message>
        <source>Last advisor within (days)</source>
        <translation>Dernier agent, délai (jours)</translation>
    </message>
    <message>
        <source>Her last advisor rings first, where both teams have it on.</source>
        <translation>Le dernier agent du client sonne d’abord, si les deux équipes l’ont activé.</translation>
    </message>
    <message>
        <source>Ringing</source>
        <translation>Sonnerie</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>Ordre</translation>
    </message>
    <message>
        <source>Each is rung for (s)</source>
        <translation>Chacun sonne pendant (s)</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>Attente</translation>
    </message>
    <message>
        <source>Longest wait (min)</source>
        <translation>Attente maximale (min)</translation>
    </message>
    <message>
        <source>Callers at most</source>
        <translation>Appelants au plus</translation>
    </message>
    <message>
        <source>Tell place and wait every (s)</source>
        <translation>Annonce d’attente, toutes les (s)</translation>
    </message>
    <message>
        <source>0: callers are not told.</source>
        <translation>0&#xa0;: rien n’est annoncé.</translation>
    </message>
    <message>
        <source>Greeting</source>
        <translation>Accueil</translation>
    </message>
    <message>
        <source>Spoken when a caller arrives.</source>
        <translation>Dit à l’arrivée de l’appelant.</translation>
    </message>
    <message>
        <source>After the call</source>
        <translation>Après l’appel</translation>
    </message>
    <message>
        <source>Wrap-up</source>
        <translation>Post-appel</translation>
    </message>
    <message>
        <source>Lasts (s)</source>
        <translation>Durée (s)</translation>
    </message>
    <message>
        <source>Recording</source>
        <translation>Enregistrement</translation>
    </message>
    <message>
        <source>Calls are recorded</source>
        <translation>Appels enregistrés</translation>
    </message>
    <message>
        <source>Kept for (days)</source>
        <translation>Conservés (jours)</translation>
    </message>
    <message>
        <source>The caller is told before the recording begins.</source>
        <translation>L’appelant est prévenu avant le début de l’enregistrement.</translation>
    </message>
    <message>
        <source>Call tree and closed hours</source>
        <translation>Arborescence et heures de fermeture</translation>
    </message>
    <message>
        <source>Call tree</source>
        <translation>Arborescence d’appels</translation>
    </message>
    <message>
        <source>When closed</source>
        <translation>À la fermeture</translation>
    </message>
    <message>
        <source>Spoken when the team is closed; empty: the shipped sentence.</source>
        <translation>Dit quand l’équipe est fermée&#x202f;; vide&#xa0;: la phrase fournie.</translation>
    </message>
    <message>
        <source>Closed message</source>
        <translation>Message de fermeture</translation>
    </message>
</context>
<context>
    <name>TextComposer</name>
    <message>
        <source>To</source>
        <translation>À</translation>
    </message>
    <message>
        <source>Write your SMS…</source>
        <translation>Écrivez votre SMS…</translation>
    </message>
    <message>
        <source>Text of the SMS</source>
        <translation>Texte du SMS</translation>
    </message>
    <message>
        <source>Send and wait</source>
        <translation>Envoyer et attendre</translation>
    </message>
    <message>
        <source>Send and solve</source>
        <translation>Envoyer et résoudre</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>Envoyer</translation>
    </message>
    <message>
        <source>To the number {0}</source>
        <translation>Au numéro {0}</translation>
    </message>
    <message>
        <source>from {0} · {1}</source>
        <translation>de {0} · {1}</translation>
    </message>
    <message>
        <source>An SMS has ten segments at most: shorten it, or write a mail.</source>
        <translation>Un SMS compte dix segments au plus&#xa0;: raccourcissez-le, ou écrivez un courriel.</translation>
    </message>
    <message numerus="yes">
        <source>%n segment(s)</source>
        <translation>
            <numerusform>%n segment</numerusform>
            <numerusform>%n segments</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n character(s) left</source>
        <translation>
            <numerusform>%n caractère restant</numerusform>
            <numerusform>%n caractères restants</numerusform>
        </translation>
    </message>
    <message>
        <source>“{0}” makes segments of 70 characters instead of 160</source>
        <translation>«&#xa0;{0}&#xa0;» réduit les segments à 70 caractères au lieu de 160</translation>
    </message>
</context>
<context>
    <name>Tiles</name>
    <message>
        <source>Waiting now</source>
        <translation>En attente</translation>
    </message>
    <message>
        <source>Longest wait</source>
        <translation>Attente la plus longue</translation>
    </message>
    <message>
        <source>Service level today</source>
        <translation>Niveau de service du jour</translation>
    </message>
    <message>
        <source>Abandoned today</source>
        <translation>Abandons du jour</translation>
    </message>
    <message>
        <source>Agents on call</source>
        <translation>Agents en appel</translation>
    </message>
    <message numerus="yes">
        <source>%n ringing</source>
        <translation>
            <numerusform>%n sonne</numerusform>
            <numerusform>%n sonnent</numerusform>
        </translation>
    </message>
    <message>
        <source>in {0} s</source>
        <translation>en {0} s</translation>
    </message>
    <message numerus="yes">
        <source>%n free</source>
        <translation>
            <numerusform>%n libre</numerusform>
            <numerusform>%n libres</numerusform>
        </translation>
    </message>
    <message>
        <source>target {0}</source>
        <translation>cible {0}</translation>
    </message>
    <message>
        <source>{0}%</source>
        <translation>{0} %</translation>
    </message>
</context>
<context>
    <name>Timeline</name>
    <message>
        <source>Timeline</source>
        <translation>Chronologie</translation>
    </message>
    <message>
        <source>Internal note</source>
        <translation>Note interne</translation>
    </message>
    <message>
        <source>Guichet</source>
        <translation>Guichet</translation>
    </message>
    <message>
        <source>This text was removed.</source>
        <translation>Ce texte a été retiré.</translation>
    </message>
    <message>
        <source>Save the file</source>
        <translation>Enregistrer le fichier</translation>
    </message>
    <message>
        <source>Mail taken back before it left</source>
        <translation>Courriel repris avant son départ</translation>
    </message>
    <message>
        <source>SMS taken back before it left</source>
        <translation>SMS repris avant son départ</translation>
    </message>
    <message>
        <source>Incoming call</source>
        <translation>Appel entrant</translation>
    </message>
    <message>
        <source>Outgoing call</source>
        <translation>Appel sortant</translation>
    </message>
</context>
<context>
    <name>TopBar</name>
    <message>
        <source>Search customers, cases…</source>
        <translation>Chercher un client, un dossier…</translation>
    </message>
    <message>
        <source>Call</source>
        <translation>Appeler</translation>
    </message>
    <message>
        <source>New case</source>
        <translation>Nouveau dossier</translation>
    </message>
    <message>
        <source>Server away</source>
        <translation>Serveur absent</translation>
    </message>
    <message>
        <source>Phone not connected</source>
        <translation>Téléphone non connecté</translation>
    </message>
    <message>
        <source>Keys and help</source>
        <translation>Touches et aide</translation>
    </message>
</context>
<context>
    <name>Transfer</name>
    <message>
        <source>Teams, sub-teams and agents</source>
        <translation>Équipes, sous-équipes et agents</translation>
    </message>
    <message>
        <source>no wait</source>
        <translation>nulle</translation>
    </message>
    <message>
        <source>~{0} min</source>
        <translation>~{0} min</translation>
    </message>
</context>
<context>
    <name>TransferPage</name>
    <message>
        <source>Team, sub-team, agent or number</source>
        <translation>Équipe, sous-équipe, agent ou numéro</translation>
    </message>
    <message>
        <source>To whom?</source>
        <translation>À qui&#x202f;?</translation>
    </message>
    <message>
        <source>What the colleague should know before she answers…</source>
        <translation>Ce que votre collègue doit savoir avant de répondre…</translation>
    </message>
    <message>
        <source>Note that goes with the call</source>
        <translation>Note transmise avec l’appel</translation>
    </message>
    <message>
        <source>Hand over</source>
        <translation>Transfert sans annonce</translation>
    </message>
    <message>
        <source>Consult first</source>
        <translation>Transfert avec consultation</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>Transfer the call</source>
        <translation>Transférer l’appel</translation>
    </message>
    <message>
        <source>Then voicemail or callback, with the case. The caller is never dropped.</source>
        <translation>Puis messagerie ou rappel, avec le dossier. L’appelant n’est jamais coupé.</translation>
    </message>
    <message>
        <source>If nobody answers</source>
        <translation>Si personne ne répond</translation>
    </message>
    <message>
        <source>Nobody of this name. A number can be typed too.</source>
        <translation>Personne de ce nom. Un numéro peut aussi être saisi.</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>File d’appels</translation>
    </message>
    <message>
        <source>You</source>
        <translation>Vous</translation>
    </message>
    <message>
        <source>{0} is rung now; you are free at once. Consulting, you speak first and the caller hears music.</source>
        <translation>{0} sonne maintenant, vous êtes libre aussitôt. Avec consultation, vous parlez d’abord&#x202f;; l’appelant entend la musique.</translation>
    </message>
</context>
<context>
    <name>TriggerPart</name>
    <message>
        <source>Any field</source>
        <translation>N’importe quel champ</translation>
    </message>
    <message>
        <source>Anything</source>
        <translation>N’importe quoi</translation>
    </message>
    <message>
        <source>Trigger</source>
        <translation>Déclencheur</translation>
    </message>
    <message>
        <source>From</source>
        <translation>De</translation>
    </message>
    <message>
        <source>To</source>
        <translation>À</translation>
    </message>
    <message>
        <source>Field</source>
        <translation>Champ</translation>
    </message>
    <message>
        <source>when</source>
        <translation>quand</translation>
    </message>
    <message>
        <source>Each case once, as it stands; again when it has changed since.</source>
        <translation>Chaque dossier une fois, tel qu’il est&#x202f;; de nouveau s’il a changé depuis.</translation>
    </message>
    <message>
        <source>What a machine answers is no message.</source>
        <translation>La réponse d’un robot n’est pas un message.</translation>
    </message>
</context>
<context>
    <name>TrunkPage</name>
    <message>
        <source>Line</source>
        <translation>Ligne</translation>
    </message>
    <message>
        <source>State</source>
        <translation>État</translation>
    </message>
    <message>
        <source>There is no line to the outside.</source>
        <translation>Il n’y a aucune ligne vers l’extérieur.</translation>
    </message>
    <message>
        <source>Without one, calls come from inside only. Your operator gives address, name and password.</source>
        <translation>Sans elle, les appels ne viennent que de l’intérieur. Votre opérateur donne l’adresse, le nom et le mot de passe.</translation>
    </message>
    <message>
        <source>Trunks</source>
        <translation>Lignes</translation>
    </message>
    <message>
        <source>New line</source>
        <translation>Nouvelle ligne</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Retirer</translation>
    </message>
    <message>
        <source>Register with this server (otherwise it knows our address)</source>
        <translation>S’enregistrer auprès de ce serveur (sinon il connaît notre adresse)</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nom</translation>
    </message>
    <message>
        <source>Small letters, digits, hyphens.</source>
        <translation>Minuscules, chiffres, tirets.</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>Serveur</translation>
    </message>
    <message>
        <source>Name of the account</source>
        <translation>Nom du compte</translation>
    </message>
    <message>
        <source>Only the hub reads it. Left empty, the one that is kept stays.</source>
        <translation>Seul le serveur Guichet le lit. Laissé vide, l’actuel est conservé.</translation>
    </message>
    <message>
        <source>Port</source>
        <translation>Port</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Mot de passe</translation>
    </message>
    <message>
        <source>Test the line</source>
        <translation>Tester la ligne</translation>
    </message>
    <message>
        <source>What the switch found</source>
        <translation>Ce que le commutateur a constaté</translation>
    </message>
    <message>
        <source>not looked at yet</source>
        <translation>pas encore testée</translation>
    </message>
    <message>
        <source>Registered</source>
        <translation>Enregistrée</translation>
    </message>
    <message>
        <source>Reachable</source>
        <translation>Joignable</translation>
    </message>
    <message>
        <source>Unreachable</source>
        <translation>Injoignable</translation>
    </message>
    <message>
        <source>Rejected: name or password</source>
        <translation>Refusée&#xa0;: nom ou mot de passe</translation>
    </message>
    <message>
        <source>Unknown</source>
        <translation>Inconnu</translation>
    </message>
</context>
<context>
    <name>TypeName</name>
    <message>
        <source>Case</source>
        <translation>Dossier</translation>
    </message>
    <message>
        <source>Question</source>
        <translation>Question</translation>
    </message>
    <message>
        <source>Problem</source>
        <translation>Problème</translation>
    </message>
    <message>
        <source>Service request</source>
        <translation>Demande d’intervention</translation>
    </message>
    <message>
        <source>Complaint</source>
        <translation>Réclamation</translation>
    </message>
    <message>
        <source>Suggestion</source>
        <translation>Suggestion</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>Commande</translation>
    </message>
    <message>
        <source>Quote</source>
        <translation>Devis</translation>
    </message>
    <message>
        <source>Delivery</source>
        <translation>Livraison</translation>
    </message>
    <message>
        <source>Warranty</source>
        <translation>Garantie</translation>
    </message>
    <message>
        <source>Task</source>
        <translation>Tâche</translation>
    </message>
    <message>
        <source>Visit</source>
        <translation>Visite</translation>
    </message>
    <message>
        <source>Repair</source>
        <translation>Réparation</translation>
    </message>
    <message>
        <source>Parts to order</source>
        <translation>Pièces à commander</translation>
    </message>
    <message>
        <source>Quote to prepare</source>
        <translation>Devis à préparer</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>Contrôle</translation>
    </message>
    <message>
        <source>Paperwork</source>
        <translation>Papiers</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>Formation</translation>
    </message>
    <message>
        <source>Courtesy call</source>
        <translation>Appel de courtoisie</translation>
    </message>
    <message>
        <source>Feature</source>
        <translation>Fonctionnalité</translation>
    </message>
    <message>
        <source>Improvement</source>
        <translation>Amélioration</translation>
    </message>
    <message>
        <source>Integration</source>
        <translation>Intégration</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>Rapport</translation>
    </message>
    <message>
        <source>Document</source>
        <translation>Document</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Langue</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>Rapidité</translation>
    </message>
    <message>
        <source>Security</source>
        <translation>Sécurité</translation>
    </message>
    <message>
        <source>Ease of use</source>
        <translation>Confort d’utilisation</translation>
    </message>
    <message>
        <source>Other wish</source>
        <translation>Autre souhait</translation>
    </message>
</context>
<context>
    <name>TypesPage</name>
    <message>
        <source>Cases</source>
        <translation>Dossiers</translation>
    </message>
    <message>
        <source>Tasks</source>
        <translation>Tâches</translation>
    </message>
    <message>
        <source>Features</source>
        <translation>Fonctionnalités</translation>
    </message>
    <message>
        <source>Types of</source>
        <translation>Types de</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>Type</translation>
    </message>
    <message>
        <source>Types</source>
        <translation>Types</translation>
    </message>
    <message>
        <source>None is enabled. Show the hidden ones.</source>
        <translation>Aucun n’est activé. Affichez les types masqués.</translation>
    </message>
    <message>
        <source>Show hidden types</source>
        <translation>Afficher les types masqués</translation>
    </message>
    <message>
        <source>Types and states</source>
        <translation>Types et états</translation>
    </message>
    <message numerus="yes">
        <source>%n hidden</source>
        <translation>
            <numerusform>%n masqué</numerusform>
            <numerusform>%n masqués</numerusform>
        </translation>
    </message>
    <message>
        <source>enabled</source>
        <translation>activé</translation>
    </message>
    <message>
        <source>hidden</source>
        <translation>masqué</translation>
    </message>
</context>
<context>
    <name>Typography</name>
    <message>
        <source>“{0}”</source>
        <translation>«&#xa0;{0}&#xa0;»</translation>
    </message>
    <message>
        <source>{0}: {1}</source>
        <translation>{0}&#xa0;: {1}</translation>
    </message>
</context>
<context>
    <name>UndoToast</name>
    <message>
        <source>Undo</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>Mail on case {0} leaves in {1} s</source>
        <translation>Courriel du dossier {0}&#xa0;: départ dans {1} s</translation>
    </message>
    <message>
        <source>Last of {2} mails, on case {0}, leaves in {1} s</source>
        <translation>Le dernier de {2} courriels, du dossier {0}, part dans {1} s</translation>
    </message>
    <message>
        <source>SMS on case {0} leaves in {1} s</source>
        <translation>Le SMS du dossier {0} part dans {1} s</translation>
    </message>
    <message>
        <source>to {0}</source>
        <translation>à {0}</translation>
    </message>
    <message>
        <source>to {0} · waiting on the customer</source>
        <translation>à {0} · en attente du client</translation>
    </message>
    <message>
        <source>to {0} · sent and solved</source>
        <translation>à {0} · envoyé et résolu</translation>
    </message>
</context>
<context>
    <name>UndoneText</name>
    <message numerus="yes">
        <source>%n case(s) given back</source>
        <translation>
            <numerusform>%n dossier rétabli</numerusform>
            <numerusform>%n dossiers rétablis</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n left as they are</source>
        <translation>
            <numerusform>%n laissé tel quel</numerusform>
            <numerusform>%n laissés tels quels</numerusform>
        </translation>
    </message>
    <message>
        <source>and {0} more</source>
        <translation>et {0} de plus</translation>
    </message>
</context>
<context>
    <name>View</name>
    <message>
        <source>My open cases</source>
        <translation>Mes dossiers ouverts</translation>
    </message>
    <message>
        <source>Nothing waits for you.</source>
        <translation>Rien ne vous attend.</translation>
    </message>
    <message>
        <source>Unassigned</source>
        <translation>Non attribués</translation>
    </message>
    <message>
        <source>Every case has somebody.</source>
        <translation>Chaque dossier a quelqu’un.</translation>
    </message>
    <message>
        <source>Waiting on agent</source>
        <translation>En attente de l’agent</translation>
    </message>
    <message>
        <source>No customer waits for an answer.</source>
        <translation>Aucun client n’attend de réponse.</translation>
    </message>
    <message>
        <source>Waiting on customer</source>
        <translation>En attente du client</translation>
    </message>
    <message>
        <source>We wait for no customer.</source>
        <translation>Nous n’attendons aucun client.</translation>
    </message>
    <message>
        <source>Team</source>
        <translation>Équipe</translation>
    </message>
    <message>
        <source>This team has no open case.</source>
        <translation>Cette équipe n’a aucun dossier ouvert.</translation>
    </message>
    <message>
        <source>Solved</source>
        <translation>Résolus</translation>
    </message>
    <message>
        <source>No case has been solved yet.</source>
        <translation>Aucun dossier n’est encore résolu.</translation>
    </message>
    <message>
        <source>All cases</source>
        <translation>Tous les dossiers</translation>
    </message>
    <message>
        <source>There is no case yet.</source>
        <translation>Il n’y a pas encore de dossier.</translation>
    </message>
    <message>
        <source>New in my teams</source>
        <translation>Nouveaux (équipes)</translation>
    </message>
    <message>
        <source>Overdue</source>
        <translation>En retard</translation>
    </message>
    <message>
        <source>Solved lately</source>
        <translation>Résolus récemment</translation>
    </message>
    <message>
        <source>No case is as this view asks.</source>
        <translation>Aucun dossier ne répond à cette vue.</translation>
    </message>
</context>
<context>
    <name>ViewColumn</name>
    <message>
        <source>Number</source>
        <translation>Numéro</translation>
    </message>
    <message>
        <source>Team</source>
        <translation>Équipe</translation>
    </message>
    <message>
        <source>Agent</source>
        <translation>Agent</translation>
    </message>
    <message>
        <source>Organisation</source>
        <translation>Organisation</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>Type</translation>
    </message>
    <message>
        <source>Project</source>
        <translation>Projet</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>Étiquettes</translation>
    </message>
    <message>
        <source>Opened</source>
        <translation>Ouverture</translation>
    </message>
    <message>
        <source>State</source>
        <translation>État</translation>
    </message>
    <message>
        <source>nobody yet</source>
        <translation>personne encore</translation>
    </message>
</context>
<context>
    <name>ViewDialog</name>
    <message>
        <source>New view</source>
        <translation>Nouvelle vue</translation>
    </message>
    <message>
        <source>Edit view</source>
        <translation>Modifier la vue</translation>
    </message>
    <message>
        <source>At the left of the desk</source>
        <translation>À gauche du bureau</translation>
    </message>
    <message>
        <source>Which cases</source>
        <translation>Quels dossiers</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nom</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Enregistrer</translation>
    </message>
    <message>
        <source>Icon {0}</source>
        <translation>Icône {0}</translation>
    </message>
    <message>
        <source>Icon</source>
        <translation>Icône</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>Ordre</translation>
    </message>
    <message>
        <source>Put together</source>
        <translation>Regroupement</translation>
    </message>
    <message>
        <source>Last line of each case (at most {0})</source>
        <translation>Dernière ligne de chaque dossier ({0} au plus)</translation>
    </message>
    <message>
        <source>For</source>
        <translation>Pour</translation>
    </message>
    <message numerus="yes">
        <source>%n case(s)</source>
        <translation>
            <numerusform>%n dossier</numerusform>
            <numerusform>%n dossiers</numerusform>
        </translation>
    </message>
    <message>
        <source>more than 1,000 cases</source>
        <translation>plus de 1 000 dossiers</translation>
    </message>
    <message>
        <source>me alone</source>
        <translation>moi seul</translation>
    </message>
    <message>
        <source>everybody</source>
        <translation>tout le monde</translation>
    </message>
    <message>
        <source>team</source>
        <translation>équipe</translation>
    </message>
</context>
<context>
    <name>ViewGroup</name>
    <message>
        <source>By nothing</source>
        <translation>Aucun</translation>
    </message>
    <message>
        <source>By state</source>
        <translation>Par état</translation>
    </message>
    <message>
        <source>By team</source>
        <translation>Par équipe</translation>
    </message>
    <message>
        <source>By agent</source>
        <translation>Par agent</translation>
    </message>
    <message>
        <source>By priority</source>
        <translation>Par priorité</translation>
    </message>
    <message>
        <source>By type</source>
        <translation>Par type</translation>
    </message>
</context>
<context>
    <name>ViewOrder</name>
    <message>
        <source>Last activity first</source>
        <translation>Dernière activité d’abord</translation>
    </message>
    <message>
        <source>Longest without activity first</source>
        <translation>Sans activité depuis le plus longtemps</translation>
    </message>
    <message>
        <source>Youngest first</source>
        <translation>Les plus récents d’abord</translation>
    </message>
    <message>
        <source>Oldest first</source>
        <translation>Les plus anciens d’abord</translation>
    </message>
    <message>
        <source>Most urgent first</source>
        <translation>Les plus urgents d’abord</translation>
    </message>
</context>
<context>
    <name>ViewsDialog</name>
    <message>
        <source>All views</source>
        <translation>Toutes les vues</translation>
    </message>
    <message>
        <source>New view</source>
        <translation>Nouvelle vue</translation>
    </message>
    <message>
        <source>Bring back what ships</source>
        <translation>Rétablir les vues fournies</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>“{0}” was removed.</source>
        <translation>«&#xa0;{0}&#xa0;» a été retirée.</translation>
    </message>
    <message>
        <source>Shared</source>
        <translation>Partagées</translation>
    </message>
    <message>
        <source>Mine</source>
        <translation>Les miennes</translation>
    </message>
    <message>
        <source>It asks for something that is not there any more.</source>
        <translation>Elle demande quelque chose qui n’existe plus.</translation>
    </message>
    <message>
        <source>left</source>
        <translation>à gauche</translation>
    </message>
    <message>
        <source>{0}: at the left of the desk</source>
        <translation>{0}&#xa0;: à gauche du bureau</translation>
    </message>
    <message>
        <source>Move up: {0}</source>
        <translation>Monter&#xa0;: {0}</translation>
    </message>
    <message>
        <source>Move down: {0}</source>
        <translation>Descendre&#xa0;: {0}</translation>
    </message>
    <message>
        <source>Edit: {0}</source>
        <translation>Modifier&#xa0;: {0}</translation>
    </message>
    <message>
        <source>Remove: {0}</source>
        <translation>Retirer&#xa0;: {0}</translation>
    </message>
</context>
<context>
    <name>WebFormPage</name>
    <message>
        <source>Form</source>
        <translation>Formulaire</translation>
    </message>
    <message>
        <source>There is no form yet.</source>
        <translation>Il n’y a pas encore de formulaire.</translation>
    </message>
    <message>
        <source>A form on a page makes a customer and a case of its type, and asks what the type’s form asks.</source>
        <translation>Un formulaire sur une page crée un client et un dossier de son type, et demande ce que demande le formulaire du type.</translation>
    </message>
    <message>
        <source>Web forms</source>
        <translation>Formulaires web</translation>
    </message>
    <message>
        <source>New form</source>
        <translation>Nouveau formulaire</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Supprimer</translation>
    </message>
    <message>
        <source>Customers can send it</source>
        <translation>Les clients peuvent l’envoyer</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Copier</translation>
    </message>
    <message>
        <source>Try it</source>
        <translation>Essayer</translation>
    </message>
    <message>
        <source>Pages that may show it in a frame, one a line: https://www.example.com</source>
        <translation>Pages qui peuvent l’afficher dans un cadre, une par ligne&#xa0;: https://www.example.com</translation>
    </message>
    <message>
        <source>Title in English</source>
        <translation>Titre en anglais</translation>
    </message>
    <message>
        <source>Makes a case of the type</source>
        <translation>Crée un dossier du type</translation>
    </message>
    <message>
        <source>With the team</source>
        <translation>Pour l’équipe</translation>
    </message>
    <message>
        <source>Your pages</source>
        <translation>Vos pages</translation>
    </message>
    <message>
        <source>Title in French</source>
        <translation>Titre en français</translation>
    </message>
    <message>
        <source>What stands above it, in English</source>
        <translation>Texte d’introduction, en anglais</translation>
    </message>
    <message>
        <source>What stands above it, in French</source>
        <translation>Texte d’introduction, en français</translation>
    </message>
    <message>
        <source>Where it stands</source>
        <translation>Où il se trouve</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>For a page of yours</source>
        <translation>Pour une de vos pages</translation>
    </message>
    <message>
        <source>Save it; it stands nowhere before the hub’s pages have an address (Portal).</source>
        <translation>Enregistrez-le&#x202f;; il n’est nulle part tant que les pages du serveur Guichet n’ont pas d’adresse (Portail).</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Copié</translation>
    </message>
    <message>
        <source>open</source>
        <translation>ouvert</translation>
    </message>
    <message>
        <source>off</source>
        <translation>arrêté</translation>
    </message>
</context>
<context>
    <name>Week</name>
    <message>
        <source>Calendar week</source>
        <translation>Semaine</translation>
    </message>
    <message>
        <source>done</source>
        <translation>fait</translation>
    </message>
    <message>
        <source>overdue</source>
        <translation>en retard</translation>
    </message>
</context>
<context>
    <name>When</name>
    <message>
        <source>now</source>
        <translation>à l’instant</translation>
    </message>
    <message>
        <source>{0} min</source>
        <translation>{0} min</translation>
    </message>
    <message>
        <source>{0} h</source>
        <translation>{0} h</translation>
    </message>
    <message>
        <source>today {hour}</source>
        <translation>aujourd’hui {hour}</translation>
    </message>
    <message>
        <source>tomorrow {hour}</source>
        <translation>demain {hour}</translation>
    </message>
    <message>
        <source>yesterday {hour}</source>
        <translation>hier {hour}</translation>
    </message>
</context>
<context>
    <name>WrapUpPage</name>
    <message>
        <source>Write what was said and done…</source>
        <translation>Écrivez ce qui a été dit et fait…</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Note</translation>
    </message>
    <message>
        <source>Call back</source>
        <translation>Rappeler</translation>
    </message>
    <message>
        <source>Not ready</source>
        <translation>Indisponible</translation>
    </message>
    <message>
        <source>Wrap-up</source>
        <translation>Post-appel</translation>
    </message>
    <message>
        <source>Result of the call</source>
        <translation>Résultat de l’appel</translation>
    </message>
    <message>
        <source>no case</source>
        <translation>sans dossier</translation>
    </message>
    <message>
        <source>Follow-up on the case</source>
        <translation>Suivi sur le dossier</translation>
    </message>
    <message>
        <source>Note, kept as a task of the customer</source>
        <translation>Note, gardée comme tâche du client</translation>
    </message>
    <message>
        <source>Save and be available</source>
        <translation>Enregistrer et être disponible</translation>
    </message>
    <message>
        <source>Choose a result first</source>
        <translation>Choisissez d’abord un résultat</translation>
    </message>
    <message>
        <source>available in</source>
        <translation>disponible dans</translation>
    </message>
    <message>
        <source>A reminder rings for you 5 minutes before {0}; if you are away, for your team.</source>
        <translation>Un rappel sonne pour vous 5 minutes avant {0}&#x202f;; en votre absence, pour votre équipe.</translation>
    </message>
</context>
<context>
    <name>_ActionCard</name>
    <message>
        <source>Move up</source>
        <translation>Monter</translation>
    </message>
    <message>
        <source>Move down</source>
        <translation>Descendre</translation>
    </message>
    <message>
        <source>Remove the action</source>
        <translation>Retirer l’action</translation>
    </message>
    <message>
        <source>Field</source>
        <translation>Champ</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Valeur</translation>
    </message>
    <message>
        <source>Due in</source>
        <translation>Échéance dans</translation>
    </message>
    <message>
        <source>Unit</source>
        <translation>Unité</translation>
    </message>
    <message>
        <source>due in</source>
        <translation>échéance dans</translation>
    </message>
    <message>
        <source>Text of the note</source>
        <translation>Texte de la note</translation>
    </message>
    <message>
        <source>Called once for each event, signed (X-Guichet-Signature).</source>
        <translation>Appelé une fois par événement, signé (X-Guichet-Signature).</translation>
    </message>
    <message>
        <source>What is to be done</source>
        <translation>Ce qu’il faut faire</translation>
    </message>
    <message>
        <source>What is said; the subject where it is empty</source>
        <translation>Le message&#x202f;; l’objet du dossier s’il est vide</translation>
    </message>
    <message>
        <source>Tag</source>
        <translation>Étiquette</translation>
    </message>
    <message>
        <source>(removed)</source>
        <translation>(supprimé)</translation>
    </message>
</context>
<context>
    <name>_Afterwards</name>
    <message>
        <source>Undo over these days</source>
        <translation>Annuler sur ces jours</translation>
    </message>
    <message>
        <source>Earlier versions</source>
        <translation>Versions antérieures</translation>
    </message>
    <message>
        <source>What it set in fields can be undone where nobody has touched it since. What was sent is listed.</source>
        <translation>Ce qu’elle a rempli peut être annulé là où personne n’a rien changé depuis. Ce qui est parti est listé.</translation>
    </message>
    <message>
        <source>Put an earlier version into the fields</source>
        <translation>Remettre une version antérieure dans les champs</translation>
    </message>
    <message>
        <source>version {0}</source>
        <translation>version {0}</translation>
    </message>
    <message>
        <source>It was never changed.</source>
        <translation>Elle n’a jamais été modifiée.</translation>
    </message>
    <message>
        <source>Cases that it sent on go back to the team that was written to, where nobody has touched them since. What was sent is listed; what it ignored stands in the ledger.</source>
        <translation>Les dossiers qu’elle a redirigés reviennent à l’équipe à qui l’on avait écrit, là où personne n’y a touché depuis. Ce qui a été envoyé est listé&#x202f;; ce qu’elle a ignoré figure au registre.</translation>
    </message>
</context>
<context>
    <name>_Asks</name>
    <message>
        <source>Asked for</source>
        <translation>Demandes</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Fait</translation>
    </message>
</context>
<context>
    <name>_Cases</name>
    <message>
        <source>All</source>
        <translation>Tous</translation>
    </message>
    <message>
        <source>Replies</source>
        <translation>Réponses</translation>
    </message>
    <message>
        <source>Loops</source>
        <translation>Boucles</translation>
    </message>
    <message>
        <source>Which cases</source>
        <translation>Quels dossiers</translation>
    </message>
    <message>
        <source>Case by case</source>
        <translation>Dossier par dossier</translation>
    </message>
    <message>
        <source>Case</source>
        <translation>Dossier</translation>
    </message>
    <message>
        <source>Customer</source>
        <translation>Client</translation>
    </message>
    <message>
        <source>When</source>
        <translation>Quand</translation>
    </message>
    <message>
        <source>Really</source>
        <translation>En réalité</translation>
    </message>
    <message>
        <source>With this</source>
        <translation>Avec l’automatisation</translation>
    </message>
    <message>
        <source>Sent</source>
        <translation>Envois</translation>
    </message>
    <message>
        <source>Nothing would have been different.</source>
        <translation>Rien n’aurait été différent.</translation>
    </message>
    <message>
        <source>loop, stopped</source>
        <translation>boucle, arrêtée</translation>
    </message>
</context>
<context>
    <name>_ConditionLine</name>
    <message>
        <source>What is compared</source>
        <translation>Ce qui est comparé</translation>
    </message>
    <message>
        <source>How it is compared</source>
        <translation>La comparaison</translation>
    </message>
    <message>
        <source>Values, between commas</source>
        <translation>Valeurs, entre virgules</translation>
    </message>
    <message>
        <source>Remove the condition</source>
        <translation>Retirer la condition</translation>
    </message>
</context>
<context>
    <name>_GroupEditor</name>
    <message>
        <source>all</source>
        <translation>toutes</translation>
    </message>
    <message>
        <source>any</source>
        <translation>une seule</translation>
    </message>
    <message>
        <source>How many must hold</source>
        <translation>Combien doivent être vraies</translation>
    </message>
    <message>
        <source>Condition</source>
        <translation>Condition</translation>
    </message>
    <message>
        <source>Group</source>
        <translation>Groupe</translation>
    </message>
    <message>
        <source>Remove the group</source>
        <translation>Retirer le groupe</translation>
    </message>
</context>
<context>
    <name>_HabitsCard</name>
    <message>
        <source>Habits</source>
        <translation>Habitudes</translation>
    </message>
    <message>
        <source>The assigned agent’s answer solves the case</source>
        <translation>La réponse de l’agent attribué résout le dossier</translation>
    </message>
    <message>
        <source>Where it does not, a new case is made and linked.</source>
        <translation>Sinon, un nouveau dossier lié est créé.</translation>
    </message>
    <message>
        <source>For so long</source>
        <translation>Pendant</translation>
    </message>
    <message>
        <source>A message opens a solved case</source>
        <translation>Un message rouvre un dossier résolu</translation>
    </message>
    <message>
        <source>It goes to</source>
        <translation>Il revient à</translation>
    </message>
    <message>
        <source>Solved cases are closed</source>
        <translation>Les dossiers résolus sont fermés</translation>
    </message>
    <message>
        <source>for some time</source>
        <translation>pendant un temps</translation>
    </message>
    <message>
        <source>always</source>
        <translation>toujours</translation>
    </message>
    <message>
        <source>never</source>
        <translation>jamais</translation>
    </message>
    <message numerus="yes">
        <source>%n day(s)</source>
        <translation>
            <numerusform>%n jour</numerusform>
            <numerusform>%n jours</numerusform>
        </translation>
    </message>
    <message>
        <source>the agent who had it</source>
        <translation>l’agent qui l’avait</translation>
    </message>
    <message>
        <source>her team, unassigned</source>
        <translation>son équipe, non attribué</translation>
    </message>
    <message numerus="yes">
        <source>after %n day(s)</source>
        <translation>
            <numerusform>après&#xa0;%n jour</numerusform>
            <numerusform>après&#xa0;%n jours</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>_Head</name>
    <message>
        <source>locked</source>
        <translation>verrouillée</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Copier</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Retirer</translation>
    </message>
    <message>
        <source>Ask for a change</source>
        <translation>Demander un changement</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>Abandonner</translation>
    </message>
    <message>
        <source>Save, keep off</source>
        <translation>Enregistrer sans activer</translation>
    </message>
    <message>
        <source>Switch on</source>
        <translation>Activer</translation>
    </message>
    <message>
        <source>New automation</source>
        <translation>Nouvelle automatisation</translation>
    </message>
    <message>
        <source>on</source>
        <translation>active</translation>
    </message>
    <message>
        <source>off</source>
        <translation>désactivée</translation>
    </message>
    <message>
        <source>{0}, not saved</source>
        <translation>{0}, non enregistrée</translation>
    </message>
    <message>
        <source>Save and switch on</source>
        <translation>Enregistrer et activer</translation>
    </message>
    <message>
        <source>Save, keep on</source>
        <translation>Enregistrer</translation>
    </message>
    <message>
        <source>Switch off</source>
        <translation>Désactiver</translation>
    </message>
</context>
<context>
    <name>_Line</name>
    <message>
        <source>What is compared</source>
        <translation>Ce qui est comparé</translation>
    </message>
    <message>
        <source>How it is compared</source>
        <translation>Comment comparer</translation>
    </message>
    <message>
        <source>Remove the condition</source>
        <translation>Retirer la condition</translation>
    </message>
</context>
<context>
    <name>_LinkPopup</name>
    <message>
        <source>Address of the link</source>
        <translation>Adresse du lien</translation>
    </message>
</context>
<context>
    <name>_List</name>
    <message>
        <source>New</source>
        <translation>Nouvelle</translation>
    </message>
    <message>
        <source>Automation</source>
        <translation>Automatisation</translation>
    </message>
    <message>
        <source>30 d</source>
        <translation>30 j</translation>
    </message>
    <message>
        <source>Automations, in their order</source>
        <translation>Automatisations, dans leur ordre</translation>
    </message>
    <message>
        <source>No automation: nothing happens by itself.</source>
        <translation>Aucune automatisation&#xa0;: rien ne se fait tout seul.</translation>
    </message>
    <message>
        <source>Move up</source>
        <translation>Monter</translation>
    </message>
    <message>
        <source>Move down</source>
        <translation>Descendre</translation>
    </message>
    <message>
        <source>Automations</source>
        <translation>Automatisations</translation>
    </message>
    <message>
        <source>All that match act, in this order.</source>
        <translation>Toutes celles qui conviennent agissent, dans cet ordre.</translation>
    </message>
</context>
<context>
    <name>_Message</name>
    <message>
        <source>The message as it came</source>
        <translation>Le message tel qu’il est arrivé</translation>
    </message>
    <message>
        <source>Open the case</source>
        <translation>Ouvrir le dossier</translation>
    </message>
    <message>
        <source>Make a case</source>
        <translation>Créer un dossier</translation>
    </message>
    <message>
        <source>Read again</source>
        <translation>Relire</translation>
    </message>
    <message>
        <source>Today’s parser reads the kept bytes; it never makes the same case twice.</source>
        <translation>La lecture d’aujourd’hui reprend les octets gardés&#x202f;; elle ne crée jamais deux fois le même dossier.</translation>
    </message>
    <message>
        <source>(no subject)</source>
        <translation>(sans objet)</translation>
    </message>
    <message numerus="yes">
        <source>%n byte(s)</source>
        <translation>
            <numerusform>%n octet</numerusform>
            <numerusform>%n octets</numerusform>
        </translation>
    </message>
    <message>
        <source>(no sender)</source>
        <translation>(sans expéditeur)</translation>
    </message>
</context>
<context>
    <name>_Opening</name>
    <message>
        <source>Signing you in…</source>
        <translation>Connexion en cours…</translation>
    </message>
</context>
<context>
    <name>_Side</name>
    <message>
        <source>The call, the case and the promise at one desk.</source>
        <translation>L’appel, le dossier et la promesse au même guichet.</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>Se connecter</translation>
    </message>
    <message>
        <source>Answer and note</source>
        <translation>Répondre et noter</translation>
    </message>
    <message>
        <source>Keep what was promised</source>
        <translation>Tenir ce qui est promis</translation>
    </message>
</context>
<context>
    <name>_StateLine</name>
    <message>
        <source>Move up</source>
        <translation>Monter</translation>
    </message>
    <message>
        <source>Move down</source>
        <translation>Descendre</translation>
    </message>
    <message>
        <source>Remove the state</source>
        <translation>Retirer l’état</translation>
    </message>
    <message>
        <source>Name of the state</source>
        <translation>Nom de l’état</translation>
    </message>
    <message>
        <source>What it means</source>
        <translation>Ce qu’il signifie</translation>
    </message>
    <message>
        <source>Colour</source>
        <translation>Couleur</translation>
    </message>
    <message>
        <source>What a state means is fixed once it is saved.</source>
        <translation>Ce qu’un état signifie est fixé une fois enregistré.</translation>
    </message>
</context>
<context>
    <name>_Switch</name>
    <message>
        <source>Discard</source>
        <translation>Abandonner</translation>
    </message>
    <message>
        <source>Save, keep off</source>
        <translation>Enregistrer sans activer</translation>
    </message>
    <message>
        <source>Save and switch on</source>
        <translation>Enregistrer et activer</translation>
    </message>
</context>
<context>
    <name>_TypeCard</name>
    <message>
        <source>Enabled</source>
        <translation>Activé</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nom</translation>
    </message>
    <message>
        <source>Icon</source>
        <translation>Icône</translation>
    </message>
    <message>
        <source>Addresses</source>
        <translation>Adresses</translation>
    </message>
    <message>
        <source>Icon {0}</source>
        <translation>Icône {0}</translation>
    </message>
    <message>
        <source>Mail to any of these makes this type; a new name brings a new address, and the old ones stay.</source>
        <translation>Un courriel à l’une de ces adresses crée ce type&#x202f;; un nouveau nom apporte une nouvelle adresse, les anciennes restent.</translation>
    </message>
    <message>
        <source>An address is made when the type is enabled, once the organisation has a catch-all (EmailHub).</source>
        <translation>Une adresse est créée quand le type est activé, dès que l’organisation a une boîte collectrice (EmailHub).</translation>
    </message>
</context>
<context>
    <name>_Values</name>
    <message>
        <source>Choose</source>
        <translation>Choisir</translation>
    </message>
    <message>
        <source>Values, between commas</source>
        <translation>Valeurs, séparées par des virgules</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Valeur</translation>
    </message>
    <message>
        <source>Values</source>
        <translation>Valeurs</translation>
    </message>
    <message>
        <source>How long</source>
        <translation>Durée</translation>
    </message>
    <message>
        <source>Unit</source>
        <translation>Unité</translation>
    </message>
    <message>
        <source>one, or another</source>
        <translation>une valeur, ou une autre</translation>
    </message>
</context>
</TS>
